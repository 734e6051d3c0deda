import { InputError, shown } from '../input-error.ts';
import { POWERS_OF_TEN } from '../dataset/decimals.ts';

const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const MOST_FRACTION_DIGITS = 22;

/** Names a number column in messages and whether it may be below zero. */
export interface CsvColumn {
  readonly name: string;
  readonly signed: boolean;
}

/**
 * Reads numbers out of CSV bytes, without strings. A decimal text becomes the very double that `Number(text)` gives: its digits
 * as an integer below 2^53, divided by an exact power of ten at most 10^22, is correctly rounded (Clinger 1990); anything
 * else goes through `Number`.
 */
export class CsvCursor {
  readonly bytes: Uint8Array;
  readonly file: string;
  /** Offset of the next byte. */
  at: number;
  /** Line of the next byte, from 1. */
  line = 1;

  constructor(file: string, bytes: Uint8Array) {
    this.file = file;
    this.bytes = bytes;
    const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    this.at = hasByteOrderMark ? 3 : 0;
  }

  /** Steps over a first line that does not start like a number. */
  skipHeader(): void {
    const first = this.bytes[this.at];
    const isLetter = (first >= 0x41 && first <= 0x5a) || (first >= 0x61 && first <= 0x7a) || first === QUOTE;
    if (!isLetter) return;
    const end = this.bytes.indexOf(LINE_FEED, this.at);
    this.at = end < 0 ? this.bytes.length : end + 1;
    this.line++;
  }

  /** Whether only blank lines are left. */
  atEnd(): boolean {
    const { bytes } = this;
    let at = this.at;
    while (at < bytes.length && (bytes[at] === LINE_FEED || bytes[at] === CARRIAGE_RETURN)) at++;
    if (at === bytes.length) return true;
    if (at > this.at) throw this.fault('is blank', 'delete the line');
    return false;
  }

  /** Lines that are left, at most: room to allocate. */
  countLines(): number {
    // A Buffer searches several times faster than a plain array of bytes.
    const buffer = Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
    let lines = 1;
    for (let at = buffer.indexOf(LINE_FEED, this.at); at >= 0; at = buffer.indexOf(LINE_FEED, at + 1)) lines++;
    return lines;
  }

  /**
   * Reads the next field as a number into `out[row]`; stops before the comma or line end behind it. The number is not returned,
   * because a returned double is allocated on the heap, ten million times a file.
   */
  number(column: CsvColumn, out: Float64Array, row: number): void {
    const { bytes } = this;
    const start = this.at;
    let at = start;
    let digit = bytes[at];
    const negative = digit === MINUS;
    if (negative) digit = bytes[++at];
    let mantissa = 0;
    const whole = at;
    for (; digit >= ZERO && digit <= NINE; digit = bytes[++at]) mantissa = mantissa * 10 + (digit - ZERO);
    let digits = at - whole;
    let fraction = 0;
    if (digit === POINT) {
      const point = at;
      digit = bytes[++at];
      for (; digit >= ZERO && digit <= NINE; digit = bytes[++at]) mantissa = mantissa * 10 + (digit - ZERO);
      fraction = at - point - 1;
      digits += fraction;
    }
    this.at = at;
    const ended = digit === COMMA || digit === LINE_FEED || digit === CARRIAGE_RETURN || digit === undefined;
    if (!ended || digits === 0 || negative || mantissa > Number.MAX_SAFE_INTEGER || fraction > MOST_FRACTION_DIGITS) {
      out[row] = this.#slowNumber(column, start);
    } else {
      out[row] = fraction === 0 ? mantissa : mantissa / POWERS_OF_TEN[fraction];
    }
  }

  /** Reads the next field as `true` or `false`, in any case of letters. */
  flag(name: string): boolean {
    const start = this.at;
    this.skipField();
    const text = new TextDecoder().decode(this.bytes.subarray(start, this.at));
    const word = text.toLowerCase();
    if (word === 'true' || word === 'false') return word === 'true';
    throw this.fault(`${name} is ${shown(text)}, neither true nor false`, 'correct the line or fetch the file again');
  }

  /** Steps over the comma between two fields. */
  comma(expected: string): void {
    if (this.bytes[this.at] !== COMMA) throw this.#wrongColumns(expected);
    this.at++;
  }

  /** Steps over the next field, whatever it holds. */
  skipField(): void {
    const { bytes } = this;
    while (this.at < bytes.length && bytes[this.at] !== COMMA && bytes[this.at] !== LINE_FEED && bytes[this.at] !== CARRIAGE_RETURN)
      this.at++;
  }

  /** Steps over the end of the line. */
  endLine(expected: string): void {
    const { bytes } = this;
    if (bytes[this.at] === CARRIAGE_RETURN) this.at++;
    if (this.at < bytes.length) {
      if (bytes[this.at] !== LINE_FEED) throw this.#wrongColumns(expected);
      this.at++;
    }
    this.line++;
  }

  /** Error that points at the line which is being read. */
  fault(what: string, mend: string): InputError {
    return new InputError(`${this.file}:${this.line}: ${what}; ${mend}`);
  }

  #slowNumber(column: CsvColumn, start: number): number {
    this.at = start;
    this.skipField();
    const text = new TextDecoder().decode(this.bytes.subarray(start, this.at));
    const value = NUMBER.test(text) ? Number(text) : Number.NaN;
    if (!Number.isFinite(value))
      throw this.fault(`${column.name} is ${shown(text)}, which is no number`, 'correct the line or fetch the file again');
    if (value < 0 && !column.signed)
      throw this.fault(`${column.name} is ${shown(text)}, below zero`, 'correct the line or fetch the file again');
    return value;
  }

  #wrongColumns(expected: string): InputError {
    const start = this.bytes.lastIndexOf(LINE_FEED, Math.max(this.at - 1, 0)) + 1;
    const end = this.bytes.indexOf(LINE_FEED, this.at);
    const text = new TextDecoder().decode(this.bytes.subarray(start, end < 0 ? this.bytes.length : end));
    return this.fault(`has ${text.split(',').length} columns, not the ${expected}`, 'give a file in the layout of the Binance archive');
  }
}
