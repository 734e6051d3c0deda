import { INTERVAL_MS, type Interval, type MarkPrices, type Tape } from '@orrery/core';
import { datasetKey } from '../dataset/key.ts';
import { CLOSE, HIGH, LOW, OPEN, type Rows } from '../dataset/rows.ts';
import { readManifest } from '../store/manifest.ts';
import { readRange } from './read-range.ts';
import { storedIntervals } from './stored-intervals.ts';

/** Mark prices beside a tape, and how many of its rows have one. */
export interface LoadedMarks {
  readonly marks: MarkPrices;
  readonly rows: number;
}

/**
 * Mark prices row by row beside a tape: the stored mark price candles of its interval, else those of the longest finer interval that
 * divides it, each row from all of its finer candles. NaN in rows without; null where no row has one.
 */
export async function loadMarks(root: string, symbol: string, interval: Interval, tape: Tape): Promise<LoadedMarks | null> {
  const span = INTERVAL_MS[interval];
  const stored = (await storedIntervals(root, symbol, 'markPriceKlines')).filter((one) => span % INTERVAL_MS[one] === 0);
  const chosen = stored.sort((a, b) => INTERVAL_MS[b] - INTERVAL_MS[a])[0];
  if (chosen === undefined) return null;
  const key = datasetKey(symbol, 'markPriceKlines', chosen);
  const manifest = await readManifest(root, key);
  if (manifest === null) return null;
  const { rows } = await readRange(root, key, manifest, openTime(tape, 0), tape.closeTs[tape.length - 1] + 1);
  if (rows.length === 0) return null;
  return alignMarks(rows, INTERVAL_MS[chosen], tape);
}

/**
 * Brings candles of the tape's interval, or of one that divides it, beside the tape's rows. Columns are handed on without a copy where
 * each row has its own.
 */
export function alignMarks(rows: Rows, stepMs: number, tape: Tape): LoadedMarks | null {
  const [open, high, low, close] = [OPEN, HIGH, LOW, CLOSE].map((c) => rows.columns[c]);
  if (isBeside(rows, stepMs, tape)) return { marks: { open, high, low, close }, rows: tape.length };
  const column = (): Float64Array => new Float64Array(tape.length).fill(Number.NaN);
  const marks = { open: column(), high: column(), low: column(), close: column() };
  const parts = tape.intervalMs / stepMs;
  let [at, found] = [0, 0];
  for (let r = 0; r < tape.length; r++) {
    const from = openTime(tape, r);
    while (at < rows.length && rows.time[at] < from) at++;
    const end = at + parts;
    // Rows rise strictly on their grid, so this last one means that all between are there.
    if (end > rows.length || rows.time[at] !== from || rows.time[end - 1] !== from + tape.intervalMs - stepMs) continue;
    marks.open[r] = open[at];
    marks.close[r] = close[end - 1];
    let [highest, lowest] = [high[at], low[at]];
    for (let part = at + 1; part < end; part++) {
      highest = Math.max(highest, high[part]);
      lowest = Math.min(lowest, low[part]);
    }
    marks.high[r] = highest;
    marks.low[r] = lowest;
    found++;
  }
  return found === 0 ? null : { marks, rows: found };
}

function isBeside(rows: Rows, stepMs: number, tape: Tape): boolean {
  if (stepMs !== tape.intervalMs || rows.length !== tape.length) return false;
  for (let r = 0; r < rows.length; r++) if (rows.time[r] !== openTime(tape, r)) return false;
  return true;
}

function openTime({ closeTs, intervalMs }: Tape, row: number): number {
  return closeTs[row] - intervalMs + 1;
}
