import { kindCode, stateCode, type StructureWriter } from './structure-writer.ts';

const SWING = kindCode('swing');
const BROKEN = stateCode('broken');
const SWEPT = stateCode('swept');
const EXPIRED = stateCode('expired');
const SUPERSEDED = stateCode('superseded');

/**
 * The swings of one side (STR-3). Prices are signed: those of highs as they are, those of lows with the other sign, so that "beyond" is
 * "above" for both and the mirrored market is the same arithmetic.
 */
export class SwingSide {
  readonly #writer: StructureWriter;
  /** 1 highs, −1 lows. */
  readonly sign: number;
  readonly #extremes: Float64Array;
  readonly #left: number;
  readonly #right: number;
  #handle = -1;
  #isSwept = false;
  /** Signed price and row of the last confirmed swing, which no close went beyond while it is intact. */
  #level = 0;
  #origin = -1;
  #isIntact = false;
  /** Row of the pivot that the current row confirms, or −1, and its signed price. */
  found = -1;
  foundLevel = 0;
  /** Whether the current row closed beyond the last swing, and where that was. */
  isBroken = false;
  brokenLevel = 0;
  brokenOrigin = -1;
  /** Whether the current row was the first to reach beyond the last swing, and closed back; and where that was. */
  isSweptNow = false;
  sweptLevel = 0;
  sweptOrigin = -1;

  /** @param extremes the tape's highs for `sign` 1, its lows for −1 */
  constructor(writer: StructureWriter, sign: number, extremes: Float64Array, left: number, right: number) {
    this.#writer = writer;
    this.sign = sign;
    this.#extremes = extremes;
    this.#left = left;
    this.#right = right;
  }

  /**
   * What the row does to the last swing, and which pivot it confirms.
   * @param start first row that counts
   * @param reach the candle's extreme on this side, signed
   * @param close signed
   */
  settle(row: number, start: number, reach: number, close: number): void {
    this.isBroken = false;
    this.isSweptNow = false;
    if (this.#isIntact) {
      if (close > this.#level) {
        this.isBroken = true;
        this.brokenLevel = this.#level;
        this.brokenOrigin = this.#origin;
        this.#isIntact = false;
        this.#writer.end(this.#handle, BROKEN);
      } else if (!this.#isSwept && reach > this.#level) {
        this.#isSwept = true;
        this.isSweptNow = true;
        this.sweptLevel = this.#level;
        this.sweptOrigin = this.#origin;
        this.#writer.change(this.#handle, SWEPT);
      }
    }
    this.found = this.#pivotBy(row, start);
    if (this.found < 0) return;
    this.foundLevel = this.sign * this.#extremes[this.found];
    if (this.#isIntact) this.#writer.end(this.#handle, SUPERSEDED);
    this.#isIntact = false;
  }

  /** Writes the swing that {@link settle} found. */
  create(row: number): void {
    if (this.found < 0) return;
    const price = this.#extremes[this.found];
    this.#level = this.foundLevel;
    this.#origin = this.found;
    this.#isIntact = true;
    this.#isSwept = false;
    this.#handle = this.#writer.create(row, SWING, this.sign, this.found, price, price, 0);
  }

  /** Ends what there is: nothing may be known across a hole. */
  reset(): void {
    if (this.#isIntact) this.#writer.end(this.#handle, EXPIRED);
    this.#isIntact = false;
  }

  #pivotBy(row: number, start: number): number {
    const pivot = row - this.#right;
    const first = pivot - this.#left;
    if (first < start) return -1;
    const { sign } = this;
    const extremes = this.#extremes;
    const level = sign * extremes[pivot];
    for (let k = pivot + 1; k <= row; k++) if (sign * extremes[k] > level) return -1;
    for (let k = pivot - 1; k >= first; k--) if (sign * extremes[k] >= level) return -1;
    return pivot;
  }
}
