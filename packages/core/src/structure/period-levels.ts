import type { Tape } from '../market/tape.ts';
import { LiveLevel } from './live-level.ts';
import type { Period } from './periods.ts';
import { kindCode, stateCode, type StructureWriter } from './structure-writer.ts';

const EXPIRED = stateCode('expired');
const SUPERSEDED = stateCode('superseded');

/** High and low of the last whole day, week or session (STR-10). A candle belongs to the one that it opened in. */
export class PeriodLevels {
  readonly #tape: Tape;
  readonly #kind: number;
  readonly #period: Period;
  readonly #high: LiveLevel;
  readonly #low: LiveLevel;
  /** End of the one that is going on; while none is, `Infinity`. */
  #endTs = Infinity;
  /** Before this moment no other one begins. */
  #nextTs = -Infinity;
  #isWhole = false;
  #firstRow = 0;
  /** The levels that the current row makes known. */
  #isFound = false;
  #foundHighRow = 0;
  #foundLowRow = 0;

  constructor(tape: Tape, writer: StructureWriter, period: Period) {
    this.#tape = tape;
    this.#kind = kindCode(period.kind);
    this.#period = period;
    this.#high = new LiveLevel(writer, 1);
    this.#low = new LiveLevel(writer, -1);
  }

  /** What the candle does to the levels, and which period it ends. @param start first row that counts */
  settle(row: number, start: number): void {
    const { high, low, close, closeTs, intervalMs } = this.#tape;
    this.#high.settle(high[row], close[row]);
    this.#low.settle(-low[row], -close[row]);
    const closed = closeTs[row] + 1;
    const opened = closed - intervalMs;
    // The last candles of a period may be missing: then it is over at the first candle behind it.
    if (opened >= this.#endTs) this.#complete(row - 1);
    if (this.#endTs === Infinity && opened >= this.#nextTs) this.#begin(row, start, opened);
    if (closed >= this.#endTs) this.#complete(row);
    if (!this.#isFound) return;
    this.#high.end(SUPERSEDED);
    this.#low.end(SUPERSEDED);
  }

  create(row: number): void {
    if (!this.#isFound) return;
    this.#isFound = false;
    const { high, low } = this.#tape;
    this.#high.create(row, this.#kind, this.#foundHighRow, high[this.#foundHighRow], this.#period.quality);
    this.#low.create(row, this.#kind, this.#foundLowRow, low[this.#foundLowRow], this.#period.quality);
  }

  /** Ends the levels and forgets the period that is going on. */
  reset(): void {
    this.#high.end(EXPIRED);
    this.#low.end(EXPIRED);
    this.#endTs = Infinity;
    this.#nextTs = -Infinity;
  }

  /** Candles that close before this moment, up to `ceiling` and down to `floor`, change nothing. */
  get quietUntil(): number {
    return this.#endTs !== Infinity ? this.#endTs : this.#nextTs;
  }
  get ceiling(): number {
    return this.#high.limit;
  }
  get floor(): number {
    return -this.#low.limit;
  }

  #begin(row: number, start: number, opened: number): void {
    const { offsetMs, everyMs, lengthMs } = this.#period;
    const began = Math.floor((opened - offsetMs) / everyMs) * everyMs + offsetMs;
    this.#nextTs = began + everyMs;
    if (opened >= began + lengthMs) return;
    this.#endTs = began + lengthMs;
    this.#isWhole = row > start || opened === began;
    this.#firstRow = row;
  }

  /** Looks the extremes up once the last row is known: cheaper than to follow them candle by candle. */
  #complete(lastRow: number): void {
    this.#endTs = Infinity;
    if (!this.#isWhole) return;
    const { high, low } = this.#tape;
    let highest = this.#firstRow;
    let lowest = this.#firstRow;
    for (let row = this.#firstRow + 1; row <= lastRow; row++) {
      if (high[row] > high[highest]) highest = row;
      if (low[row] < low[lowest]) lowest = row;
    }
    this.#isFound = true;
    this.#foundHighRow = highest;
    this.#foundLowRow = lowest;
  }
}
