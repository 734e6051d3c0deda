/** Columns of one kind of row besides its time. `whole` columns are 32-bit integers on disk. */
export interface RowSchema {
  readonly id: 'klines' | 'funding';
  readonly time: string;
  readonly columns: readonly { readonly name: string; readonly whole: boolean }[];
}

const real = (name: string): { readonly name: string; readonly whole: boolean } => ({ name, whole: false });
const whole = (name: string): { readonly name: string; readonly whole: boolean } => ({ name, whole: true });

/** Candles, as in Binance's archive without `close_time` (open time + interval − 1) and `ignore`. Volumes and counts of 0 next to traded volume mean unknown. */
export const KLINES: RowSchema = {
  id: 'klines',
  time: 'open_time',
  columns: [
    real('open'),
    real('high'),
    real('low'),
    real('close'),
    real('volume'),
    real('quote_volume'),
    whole('count'),
    real('taker_buy_volume'),
    real('taker_buy_quote_volume'),
  ],
};
/** Position of each candle column in {@link Rows.columns}. */
export const OPEN = 0;
export const HIGH = 1;
export const LOW = 2;
export const CLOSE = 3;
export const VOLUME = 4;
export const QUOTE_VOLUME = 5;
export const COUNT = 6;
export const TAKER_VOLUME = 7;
export const TAKER_QUOTE_VOLUME = 8;

/** Funding rates: `calc_time` keeps the venue's jitter of some milliseconds. */
export const FUNDING: RowSchema = {
  id: 'funding',
  time: 'calc_time',
  columns: [whole('funding_interval_hours'), real('last_funding_rate')],
};
export const HOURS = 0;
export const RATE = 1;

/** Rows as parallel columns, strictly rising in time. Times are ms UTC. Arrays may be longer than `length`. */
export interface Rows {
  readonly schema: RowSchema;
  length: number;
  readonly time: Float64Array;
  readonly columns: readonly Float64Array[];
}

/** Rows with room for `capacity`, none valid yet. */
export function createRows(schema: RowSchema, capacity: number): Rows {
  return { schema, length: 0, time: new Float64Array(capacity), columns: schema.columns.map(() => new Float64Array(capacity)) };
}

/** A view of rows [from, to) that shares the memory. */
export function sliceRows(rows: Rows, from: number, to: number): Rows {
  return {
    schema: rows.schema,
    length: to - from,
    time: rows.time.subarray(from, to),
    columns: rows.columns.map((column) => column.subarray(from, to)),
  };
}

/** All rows one after another in new memory; the parts must already follow each other in time. */
export function concatRows(schema: RowSchema, parts: readonly Rows[]): Rows {
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  const all = createRows(schema, total);
  for (const part of parts) {
    all.time.set(part.time.subarray(0, part.length), all.length);
    part.columns.forEach((column, c) => all.columns[c].set(column.subarray(0, part.length), all.length));
    all.length += part.length;
  }
  return all;
}

/** First row whose time is at or after `time`. */
export function lowerBound(rows: Rows, time: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows.time[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
