import { gridOfSpan, onGrid, type CandleSpan } from '../dataset/candle-span.ts';
import { CLOSE, createRows, HIGH, KLINES, LOW, OPEN, type Rows } from '../dataset/rows.ts';
import { isoTime } from '../dataset/time.ts';
import { InputError } from '../input-error.ts';
import { CsvCursor, type CsvColumn } from './csv-cursor.ts';
import { normaliseStamp, outOfOrder } from './parse-stamp.ts';
import type { ParsedFile } from './parsed-file.ts';
import { PlainCandles } from './plain-candles.ts';

const EXPECTED =
  '12 of a candle file (open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore)';
const MEND = 'correct the line or fetch the file again';
const unsigned = (name: string): CsvColumn => ({ name, signed: false });
const OPEN_TIME = unsigned('open_time');
const CLOSE_TIME = unsigned('close_time');
const COLUMNS = KLINES.columns.map(({ name }) => unsigned(name));
/** Columns before close_time: open, high, low, close, volume. */
const LEADING = 5;

/**
 * Parses candles in the layout of Binance's archive, with or without its header line.
 * @throws InputError naming file:line, column, value and mend for the first thing that is wrong.
 */
export function parseKlines(file: string, bytes: Uint8Array, span: CandleSpan): ParsedFile {
  const cursor = new CsvCursor(file, bytes);
  cursor.skipHeader();
  const firstLine = cursor.line;
  const rows = createRows(KLINES, cursor.countLines());
  const closing = new Float64Array(1);
  const dropped: number[] = [];
  const check = createCheck(span);
  const plain = new PlainCandles(bytes, rows, span.step);
  while (!cursor.atEnd()) {
    readRow(cursor, rows, closing, span.step);
    if (check(cursor, rows)) rows.length++;
    else dropped.push(rows.length);
    cursor.endLine(EXPECTED);
    plain.readRun(cursor);
  }
  if (rows.length === 0) throw new InputError(`${file}: holds no candles; fetch it again`);
  return { rows, firstLine, dropped };
}

/** Reads one line into the row after the last valid one. */
function readRow(cursor: CsvCursor, rows: Rows, closing: Float64Array, step: number): void {
  const at = rows.length;
  cursor.number(OPEN_TIME, rows.time, at);
  normaliseStamp(cursor, 'open_time', rows.time, at);
  const time = rows.time[at];
  for (let c = 0; c < LEADING; c++) {
    cursor.comma(EXPECTED);
    cursor.number(COLUMNS[c], rows.columns[c], at);
  }
  cursor.comma(EXPECTED);
  cursor.number(CLOSE_TIME, closing, 0);
  normaliseStamp(cursor, 'close_time', closing, 0);
  const closeTime = closing[0];
  if (closeTime <= time || closeTime >= time + step) {
    throw cursor.fault(
      `close_time ${isoTime(closeTime)} does not fit a candle of ${spanText(step)} from ${isoTime(time)}`,
      'give the right --interval',
    );
  }
  for (let c = LEADING; c < COLUMNS.length; c++) {
    cursor.comma(EXPECTED);
    cursor.number(COLUMNS[c], rows.columns[c], at);
  }
  cursor.comma(EXPECTED);
  cursor.skipField();
}

/** Minutes, as most intervals are whole ones. */
function spanText(step: number): string {
  return step < 60_000 ? `${step / 1000} seconds` : `${step / 60_000} minutes`;
}

/** Checks the row just read against sense and against the row before. False: it repeats that one, and is to be dropped. */
function createCheck(span: CandleSpan): (cursor: CsvCursor, rows: Rows) => boolean {
  let grid = gridOfSpan(span, 0);
  return (cursor, rows) => {
    const at = rows.length;
    const time = rows.time[at];
    if (at === 0) grid = gridOfSpan(span, time);
    // A candle right after one on the grid is on it; the remainder of large doubles is slow.
    const follows = at > 0 && time - rows.time[at - 1] === grid.step;
    if (!follows && !onGrid(grid, time)) {
      throw cursor.fault(
        `open_time ${isoTime(time)} is not on the grid of ${span.interval} candles`,
        'give the right --interval or correct the line',
      );
    }
    checkPrices(cursor, rows, at);
    if (at === 0 || time > rows.time[at - 1]) return true;
    if (time < rows.time[at - 1]) throw outOfOrder(cursor, 'open_time', time, rows.time[at - 1]);
    for (const [c, values] of rows.columns.entries()) {
      if (values[at] === values[at - 1]) continue;
      throw cursor.fault(
        `open_time ${isoTime(time)} is there twice with ${COLUMNS[c].name} ${values[at - 1]} and ${values[at]}`,
        'delete the wrong line',
      );
    }
    return false;
  };
}

function checkPrices(cursor: CsvCursor, rows: Rows, at: number): void {
  const open = rows.columns[OPEN][at];
  const high = rows.columns[HIGH][at];
  const low = rows.columns[LOW][at];
  const close = rows.columns[CLOSE][at];
  if (open > 0 && low > 0 && close > 0 && low <= open && low <= close && high >= open && high >= close) return;
  for (let c = OPEN; c <= CLOSE; c++) {
    if (!(rows.columns[c][at] > 0)) throw cursor.fault(`${COLUMNS[c].name} is ${rows.columns[c][at]}, but a price is above zero`, MEND);
  }
  if (high < low) throw cursor.fault(`high ${high} lies below low ${low}`, MEND);
  const side = high < Math.max(open, close) ? `high ${high} lies below` : `low ${low} lies above`;
  const other = side.startsWith('high') === open > close ? `open ${open}` : `close ${close}`;
  throw cursor.fault(`${side} ${other}`, MEND);
}
