import type { EventLog } from '../feature/event-log.ts';
import { KNOWN_AT } from '../feature/event-log.ts';
import { isLastState } from './life.ts';
import { MAX_ZONES } from './limits.ts';
import { BOTTOM, DIRECTION, KIND, OBJECT, QUALITY, STATE, TOP } from './structure-event.ts';

/** The live zones of one kind and direction as a reader of the log knows them, oldest first; parallel columns, `length` of them valid. */
export class ZoneFold {
  readonly #kind: number;
  readonly #direction: number;
  readonly object: Float64Array = new Float64Array(MAX_ZONES);
  readonly top: Float64Array = new Float64Array(MAX_ZONES);
  readonly bottom: Float64Array = new Float64Array(MAX_ZONES);
  readonly quality: Float64Array = new Float64Array(MAX_ZONES);
  readonly knownAt: Float64Array = new Float64Array(MAX_ZONES);
  /** Position in STRUCTURE_STATES. */
  readonly state: Uint8Array = new Uint8Array(MAX_ZONES);
  length = 0;

  constructor(kind: number, direction: number) {
    this.#kind = kind;
    this.#direction = direction;
  }

  /** Takes one event in; those of other kinds and directions change nothing. */
  take(log: EventLog, event: number): void {
    if (log.at(event, KIND) !== this.#kind || log.at(event, DIRECTION) !== this.#direction) return;
    const object = log.at(event, OBJECT);
    const state = log.at(event, STATE);
    const k = this.#placeOf(object);
    if (k === this.length) {
      this.object[k] = object;
      this.top[k] = log.at(event, TOP);
      this.bottom[k] = log.at(event, BOTTOM);
      this.quality[k] = log.at(event, QUALITY);
      this.knownAt[k] = log.at(event, KNOWN_AT);
      this.length += 1;
    }
    this.state[k] = state;
    if (isLastState(this.#kind, state)) this.#drop(k);
  }

  clear(): void {
    this.length = 0;
  }

  #placeOf(object: number): number {
    let k = 0;
    while (k < this.length && this.object[k] !== object) k += 1;
    return k;
  }

  #drop(k: number): void {
    for (const column of [this.object, this.top, this.bottom, this.quality, this.knownAt]) column.copyWithin(k, k + 1, this.length);
    this.state.copyWithin(k, k + 1, this.length);
    this.length -= 1;
  }
}
