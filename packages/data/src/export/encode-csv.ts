import { INTERVAL_MS } from '@orrery/core';
import type { DatasetKey } from '../dataset/key.ts';
import { VOLUME, type Rows } from '../dataset/rows.ts';
import { decimalText } from './decimal-text.ts';

const CANDLE_HEADER = 'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';
const FUNDING_HEADER = 'calc_time,funding_interval_hours,last_funding_rate';
const CHUNK_ROWS = 8192;

/** The rows in the layout of Binance's archive, with its header line, in pieces of some thousand lines. Numbers are shortest decimals. */
export function* encodeCsv(key: DatasetKey, rows: Rows): Generator<string> {
  yield `${key.interval === null ? FUNDING_HEADER : CANDLE_HEADER}\n`;
  for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
    let text = '';
    const to = Math.min(rows.length, from + CHUNK_ROWS);
    for (let r = from; r < to; r++) text += `${line(key, rows, r)}\n`;
    yield text;
  }
}

function line(key: DatasetKey, rows: Rows, r: number): string {
  const values = rows.columns.map((column) => decimalText(column[r]));
  if (key.interval === null) return [rows.time[r], ...values].join(',');
  const closeTime = rows.time[r] + INTERVAL_MS[key.interval] - 1;
  return [rows.time[r], ...values.slice(0, VOLUME + 1), closeTime, ...values.slice(VOLUME + 1), 0].join(',');
}
