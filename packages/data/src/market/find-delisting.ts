import { INTERVAL_MS } from '@orrery/core';
import type { DatasetKey } from '../dataset/key.ts';
import { CLOSE, HIGH, LOW, OPEN, VOLUME, type Rows } from '../dataset/rows.ts';
import type { Manifest } from '../store/manifest.ts';
import { readStoredFile } from '../store/write-dataset.ts';

const DAY = 86_400_000;
/** So many candles, and so much time, must be flat: markets that nobody trades for an hour are alive. */
const LEAST_ROWS = 3;

/**
 * When the symbol ended: the open time of the first candle of a flat tail without volume that reaches to the end of what is stored
 * and is at least a day and three candles long, ms UTC; Infinity where there is none, or it begins after the rows. The venue goes on
 * publishing such candles after a delisting.
 * @param rows what was loaded of the dataset; files around them are read only where they end flat
 */
export async function findDelisting(
  root: string,
  key: DatasetKey & { readonly kind: 'klines' },
  manifest: Manifest,
  rows: Rows,
): Promise<number> {
  let start = tailStart(rows, rows.length);
  if (start === rows.length) return Infinity;
  let count = rows.length - start;
  let since = rows.time[start];
  const [first, last] = [rows.time[0], rows.time[rows.length - 1]];
  // The newest file first: that of a living symbol ends the search.
  for (const file of manifest.files.filter((one) => one.last > last).reverse()) {
    const later = await readStoredFile(root, key, file);
    const flat = tailStart(later, later.length);
    if (flat < later.length && later.time[flat] <= last) {
      count += countAfter(later, last);
    } else if (flat === 0) {
      count += later.length;
    } else return Infinity;
  }
  for (const file of start > 0 ? [] : manifest.files.filter((one) => one.first < first).reverse()) {
    const before = await readStoredFile(root, key, file);
    const length = before.length - countAfter(before, first - 1);
    start = tailStart(before, length);
    count += length - start;
    if (start < length) since = before.time[start];
    if (start > 0) break;
  }
  const isLongEnough = count >= LEAST_ROWS && manifest.last + INTERVAL_MS[key.interval] - since >= DAY;
  return isLongEnough ? since : Infinity;
}

/** First row of the flat tail of the first `length` rows; `length` when there is none. */
function tailStart({ columns }: Rows, length: number): number {
  let start = length;
  while (start > 0 && isFlat(columns, start - 1)) start--;
  return start;
}

function isFlat(columns: Rows['columns'], row: number): boolean {
  const open = columns[OPEN][row];
  return columns[VOLUME][row] === 0 && columns[HIGH][row] === open && columns[LOW][row] === open && columns[CLOSE][row] === open;
}

/** Rows whose time is later. */
function countAfter({ time, length }: Rows, after: number): number {
  let count = 0;
  while (count < length && time[length - 1 - count] > after) count++;
  return count;
}
