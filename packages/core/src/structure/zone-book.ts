import { MAX_ZONES } from './limits.ts';
import { stateCode, type StructureWriter } from './structure-writer.ts';

const CREATED = stateCode('created');
const TOUCHED = stateCode('touched');
const MITIGATED = stateCode('mitigated');
const FILLED = stateCode('filled');
const BROKEN = stateCode('broken');
const EXPIRED = stateCode('expired');

/** What a book of zones holds. */
export interface ZoneBookOptions {
  readonly kind: number;
  /** 1 for zones that price comes down to, −1 for those that it comes up to. */
  readonly sign: number;
  /** Whether a zone that wicks have crossed whole is done with. */
  readonly fills: boolean;
  /** Age in candles at which a zone expires. */
  readonly expiry: number;
}

/**
 * The live zones of one kind and direction, oldest first (STR-6). Prices are signed: those of bearish zones with the other sign, so
 * that every zone is come to from above, at its `near` edge.
 */
export class ZoneBook {
  readonly #writer: StructureWriter;
  readonly #kind: number;
  readonly #sign: number;
  readonly #fills: boolean;
  readonly #expiry: number;
  readonly #middle = new Float64Array(MAX_ZONES);
  readonly #far = new Float64Array(MAX_ZONES);
  /** The price at which something happens next to each. */
  readonly #next = new Float64Array(MAX_ZONES);
  readonly #stage = new Uint8Array(MAX_ZONES);
  readonly #handle = new Int32Array(MAX_ZONES);
  readonly #knownAt = new Int32Array(MAX_ZONES);
  #count = 0;
  /** A candle that stays above this price, in a row before `quietUntil`, changes nothing. */
  trigger: number = -Infinity;
  quietUntil: number = Infinity;

  constructor(writer: StructureWriter, { kind, sign, fills, expiry }: ZoneBookOptions) {
    this.#writer = writer;
    this.#kind = kind;
    this.#sign = sign;
    this.#fills = fills;
    this.#expiry = expiry;
  }

  /**
   * What the candle does to the zones.
   * @param reach the candle's low, or its high with the other sign
   * @param close signed
   */
  settle(row: number, reach: number, close: number): void {
    if (reach > this.trigger && row < this.quietUntil) return;
    if (row >= this.quietUntil) this.#expire(row);
    if (reach > this.trigger) return;
    const next = this.#next;
    const count = this.#count;
    let trigger = -Infinity;
    let ended = 0;
    for (let k = 0; k < count; k++) {
      if (reach <= next[k]) {
        const state = this.#stateOf(k, reach, close);
        if (state !== this.#stage[k]) {
          this.#stage[k] = state;
          if (state !== TOUCHED && state !== MITIGATED) {
            this.#writer.end(this.#handle[k], state);
            ended += 1;
            continue;
          }
          this.#writer.change(this.#handle[k], state);
          next[k] = state === TOUCHED ? this.#middle[k] : this.#far[k];
        }
      }
      if (next[k] > trigger) trigger = next[k];
      if (ended > 0) this.#move(k, k - ended);
    }
    this.trigger = trigger;
    if (ended > 0) this.#resize(count - ended);
  }

  /** A new zone; `settle` has made room for it. */
  create(row: number, origin: number, top: number, bottom: number, quality: number): void {
    const k = this.#count;
    const isBullish = this.#sign > 0;
    const near = isBullish ? top : -bottom;
    const far = isBullish ? bottom : -top;
    this.#far[k] = far;
    this.#middle[k] = far + (near - far) / 2;
    this.#next[k] = near;
    this.#stage[k] = CREATED;
    this.#knownAt[k] = row;
    this.#handle[k] = this.#writer.create(row, this.#kind, this.#sign, origin, top, bottom, quality);
    this.trigger = Math.max(this.trigger, near);
    this.#resize(k + 1);
  }

  /** Ends all zones. */
  reset(): void {
    for (let k = 0; k < this.#count; k++) this.#writer.end(this.#handle[k], EXPIRED);
    this.trigger = -Infinity;
    this.#resize(0);
  }

  #stateOf(k: number, reach: number, close: number): number {
    if (close < this.#far[k]) return BROKEN;
    if (this.#fills && reach <= this.#far[k]) return FILLED;
    if (reach <= this.#middle[k]) return MITIGATED;
    return TOUCHED;
  }

  /** Ends the zones that are too old, and the oldest where there is no room for another. */
  #expire(row: number): void {
    let ended = 0;
    while (ended < this.#count && (row - this.#knownAt[ended] >= this.#expiry || (ended === 0 && this.#count === MAX_ZONES))) {
      this.#writer.end(this.#handle[ended], EXPIRED);
      ended += 1;
    }
    let trigger = -Infinity;
    for (let k = ended; k < this.#count; k++) {
      this.#move(k, k - ended);
      if (this.#next[k] > trigger) trigger = this.#next[k];
    }
    this.trigger = trigger;
    this.#resize(this.#count - ended);
  }

  #resize(count: number): void {
    this.#count = count;
    if (count === 0) this.quietUntil = Infinity;
    else this.quietUntil = count === MAX_ZONES ? -Infinity : this.#knownAt[0] + this.#expiry;
  }

  #move(from: number, to: number): void {
    this.#middle[to] = this.#middle[from];
    this.#far[to] = this.#far[from];
    this.#next[to] = this.#next[from];
    this.#stage[to] = this.#stage[from];
    this.#handle[to] = this.#handle[from];
    this.#knownAt[to] = this.#knownAt[from];
  }
}
