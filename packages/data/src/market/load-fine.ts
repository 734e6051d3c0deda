import { INTERVAL_MS, type FineCandles, type Interval, type Tape } from '@orrery/core';
import { datasetKey } from '../dataset/key.ts';
import { InputError } from '../input-error.ts';
import { readManifest } from '../store/manifest.ts';
import { createTapeOf } from './create-tape.ts';
import { alignMarks } from './load-marks.ts';
import { readRange } from './read-range.ts';
import { storedIntervals } from './stored-intervals.ts';

/** Which finer candles to load: the finest that the store has, those of one interval, or none. */
export type FineChoice = Interval | 'auto' | null;

/** Finer candles of a symbol and how many of its own they cover wholly. */
export interface LoadedFine {
  readonly fine: FineCandles;
  readonly interval: Interval;
  readonly covered: number;
}

/** @throws InputError when candles of the finer interval cannot make up those of the run's */
export function checkFine(choice: FineChoice, interval: Interval): void {
  if (choice === null || choice === 'auto' || isFiner(choice, interval)) return;
  throw new InputError(`finer candles of ${choice} do not make up those of ${interval}; take an interval that divides it, or auto`);
}

/** Finer candles of the tape's time, with mark prices where those of the same interval are stored; null where there are none. */
export async function loadFine(
  root: string,
  symbol: string,
  interval: Interval,
  choice: FineChoice,
  tape: Tape,
): Promise<LoadedFine | null> {
  if (choice === null) return null;
  const stored = (await storedIntervals(root, symbol, 'klines')).filter((one) => isFiner(one, interval));
  const candidates = choice === 'auto' ? stored.sort((a, b) => INTERVAL_MS[a] - INTERVAL_MS[b]) : stored.filter((one) => one === choice);
  const [from, to] = [tape.closeTs[0] - tape.intervalMs + 1, tape.closeTs[tape.length - 1] + 1];
  for (const candidate of candidates) {
    const key = datasetKey(symbol, 'klines', candidate);
    const manifest = await readManifest(root, key);
    if (manifest === null || manifest.first >= to || manifest.last < from) continue;
    const { rows } = await readRange(root, key, manifest, from, to);
    if (rows.length === 0) continue;
    const finer = createTapeOf(tape.instrument, INTERVAL_MS[candidate], rows);
    const covered = countCovered(finer, tape);
    if (covered === 0) continue;
    return { fine: { tape: finer, marks: await marksBeside(root, symbol, candidate, finer) }, interval: candidate, covered };
  }
  return null;
}

async function marksBeside(root: string, symbol: string, interval: Interval, tape: Tape): Promise<FineCandles['marks']> {
  const key = datasetKey(symbol, 'markPriceKlines', interval);
  const manifest = await readManifest(root, key);
  if (manifest === null) return null;
  const { rows } = await readRange(root, key, manifest, tape.closeTs[0] - tape.intervalMs + 1, tape.closeTs[tape.length - 1] + 1);
  return rows.length === 0 ? null : (alignMarks(rows, tape.intervalMs, tape)?.marks ?? null);
}

function isFiner(interval: Interval, than: Interval): boolean {
  return INTERVAL_MS[interval] < INTERVAL_MS[than] && INTERVAL_MS[than] % INTERVAL_MS[interval] === 0;
}

/** Candles of which every finer one is there. */
function countCovered(finer: Tape, tape: Tape): number {
  const parts = tape.intervalMs / finer.intervalMs;
  let [at, covered] = [0, 0];
  for (let r = 0; r < tape.length; r++) {
    const last = tape.closeTs[r];
    while (at < finer.length && finer.closeTs[at] < last) at++;
    const first = at - parts + 1;
    if (first >= 0 && finer.closeTs[at] === last && finer.closeTs[first] === last - tape.intervalMs + finer.intervalMs) covered++;
  }
  return covered;
}
