import { POWERS_OF_TEN } from '../dataset/decimals.ts';
import { CLOSE, HIGH, LOW, OPEN, type Rows } from '../dataset/rows.ts';
import type { CsvCursor } from './csv-cursor.ts';
import { LATEST } from './parse-stamp.ts';

const COMMA = 0x2c;
const POINT = 0x2e;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const ZERO = 0x30;
/** Columns before the last one, which is ignored. */
const FIELDS = 11;
const CLOSE_TIME = 6;
const MOST_FRACTION_DIGITS = 22;
const NOT_PLAIN = -1;

/**
 * The quick way through the candles of a file: lines that are plain in every respect (unsigned decimals below 2^53 as digits, the
 * candle right after the one before, sensible prices) are read without a check per byte. At the first line that is anything else it
 * stops, having changed nothing for that line: the careful reader takes it, so that there is one place which judges and complains.
 * Numbers come out as there: digits as an exact integer, divided by an exact power of ten.
 */
export class PlainCandles {
  readonly #bytes: Uint8Array;
  readonly #rows: Rows;
  readonly #step: number;
  /** Every line that starts at or before this offset ends within the bytes, so reading one needs no bounds. */
  readonly #lastEnd: number;
  readonly #closing = new Float64Array(1);
  /** Where each field goes, in the order of the file. */
  readonly #targets: readonly Float64Array[];

  constructor(bytes: Uint8Array, rows: Rows, step: number) {
    this.#bytes = bytes;
    this.#rows = rows;
    this.#step = step;
    this.#lastEnd = bytes.lastIndexOf(LINE_FEED);
    const [open, high, low, close, volume, ...rest] = rows.columns;
    this.#targets = [rows.time, open, high, low, close, volume, this.#closing, ...rest];
  }

  /** Appends the plain lines that follow the cursor, and moves it behind them. There must be a row already. */
  readRun(cursor: CsvCursor): void {
    const rows = this.#rows;
    let at = cursor.at;
    let row = rows.length;
    if (row === 0) return;
    while (at <= this.#lastEnd) {
      const next = this.#readLine(at, row);
      if (next === NOT_PLAIN || !this.#follows(row)) break;
      at = next;
      row++;
    }
    cursor.line += row - rows.length;
    cursor.at = at;
    rows.length = row;
  }

  /** Reads the line at an offset; returns the offset of the next, or {@link NOT_PLAIN}. */
  #readLine(start: number, row: number): number {
    const bytes = this.#bytes;
    const targets = this.#targets;
    let at = start;
    for (let field = 0; field < FIELDS; field++) {
      const first = at;
      let mantissa = 0;
      let fraction = 0;
      let digit = bytes[at] - ZERO;
      for (; digit >= 0 && digit <= 9; digit = bytes[++at] - ZERO) mantissa = mantissa * 10 + digit;
      let digits = at - first;
      if (digit === POINT - ZERO) {
        const point = at;
        digit = bytes[++at] - ZERO;
        for (; digit >= 0 && digit <= 9; digit = bytes[++at] - ZERO) mantissa = mantissa * 10 + digit;
        fraction = at - point - 1;
        digits += fraction;
      }
      if (digit !== COMMA - ZERO || digits === 0 || fraction > MOST_FRACTION_DIGITS || mantissa > Number.MAX_SAFE_INTEGER) return NOT_PLAIN;
      targets[field][field === CLOSE_TIME ? 0 : row] = fraction === 0 ? mantissa : mantissa / POWERS_OF_TEN[fraction];
      at++;
    }
    for (; bytes[at] !== LINE_FEED; at++) if (bytes[at] === COMMA || bytes[at] === CARRIAGE_RETURN) return NOT_PLAIN;
    return at + 1;
  }

  /** Whether the row just read is the candle right after the one before, with prices that fit each other. */
  #follows(row: number): boolean {
    const { time, columns } = this.#rows;
    const next = time[row - 1] + this.#step;
    if (time[row] !== next || this.#closing[0] !== next + this.#step - 1 || next + this.#step > LATEST) return false;
    const open = columns[OPEN][row];
    const high = columns[HIGH][row];
    const low = columns[LOW][row];
    const close = columns[CLOSE][row];
    return open > 0 && low > 0 && close > 0 && low <= open && low <= close && high >= open && high >= close;
  }
}
