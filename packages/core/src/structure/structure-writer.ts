import type { EventLog } from '../feature/event-log.ts';
import { KNOWN_AT } from '../feature/event-log.ts';
import { BOTTOM, DIRECTION, KIND, OBJECT, ORIGIN, QUALITY, STATE, STRUCTURE_KINDS, STRUCTURE_STATES, TOP } from './structure-event.ts';
import type { StructureKind, StructureState } from './structure-event.ts';

/** The number that stands for a kind in an event. */
export function kindCode(kind: StructureKind): number {
  return STRUCTURE_KINDS.indexOf(kind);
}

/** The number that stands for a state in an event. */
export function stateCode(state: StructureState): number {
  return STRUCTURE_STATES.indexOf(state);
}

const CREATED = stateCode('created');
/** More than there can be live objects: each of them changes once a row at most. */
const MAX_CHANGES = 512;

/**
 * Writes the events of one row in their order (STR-2): what happened to objects that were there, by their number, then new objects.
 * An object is known to its tracker by its handle: the place of its first event in the log, from which the others are copied.
 */
export class StructureWriter {
  readonly log: EventLog;
  readonly #handles = new Int32Array(MAX_CHANGES);
  readonly #states = new Uint8Array(MAX_CHANGES);
  #changes = 0;
  #objects = 0;

  constructor(log: EventLog) {
    this.log = log;
  }

  /** Another state of an object, to be written by {@link flush}; a handle is given once a row at most. */
  change(handle: number, state: number): void {
    let at = this.#changes++;
    while (at > 0 && this.#handles[at - 1] > handle) {
      this.#handles[at] = this.#handles[at - 1];
      this.#states[at] = this.#states[at - 1];
      at -= 1;
    }
    this.#handles[at] = handle;
    this.#states[at] = state;
  }

  /** Writes what has changed at the row. */
  flush(row: number): void {
    if (this.#changes === 0) return;
    const { log } = this;
    const { stride } = log;
    for (let k = 0; k < this.#changes; k++) {
      const at = log.append();
      const { words } = log;
      const source = this.#handles[k] * stride;
      // `copyWithin` costs several times as much for so few numbers.
      for (let slot = 0; slot < stride; slot++) words[at + slot] = words[source + slot];
      words[at + KNOWN_AT] = row;
      words[at + STATE] = this.#states[k];
    }
    this.#changes = 0;
  }

  /** A new object, known at the row; returns its handle. */
  create(row: number, kind: number, direction: number, origin: number, top: number, bottom: number, quality: number): number {
    const { log } = this;
    const handle = log.length;
    const at = log.append();
    const { words } = log;
    words[at + KNOWN_AT] = row;
    words[at + KIND] = kind;
    words[at + STATE] = CREATED;
    words[at + OBJECT] = this.#objects++;
    words[at + DIRECTION] = direction;
    words[at + ORIGIN] = origin;
    words[at + TOP] = top;
    words[at + BOTTOM] = bottom;
    words[at + QUALITY] = quality;
    return handle;
  }
}
