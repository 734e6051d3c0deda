import { INTERVAL_MS, INTERVALS, type Interval } from '@orrery/core';
import type { ReportCandles } from '../report-input.ts';

/** Candles for display, with the interval that they were merged to. */
export interface ShownCandles {
  readonly candles: ReportCandles;
  readonly sourceInterval: string;
  readonly shownInterval: string;
  readonly resampled: boolean;
}

/**
 * Merges candles to the shortest interval that leaves at most `limit` of them: first open, highest high, lowest low, last close.
 * Buckets lie on the UTC grid. Candles that are few enough, or of an unknown interval, stay as they are.
 */
export function resampleCandles(candles: ReportCandles, limit: number): ShownCandles {
  const known = INTERVALS.find((interval) => interval === candles.interval);
  if (candles.time.length <= limit || known === undefined) return asTheyAre(candles);
  for (const interval of INTERVALS) {
    if (INTERVAL_MS[interval] <= INTERVAL_MS[known]) continue;
    const merged = merge(candles, interval);
    if (merged.time.length <= limit || interval === '1w')
      return { candles: merged, sourceInterval: known, shownInterval: interval, resampled: true };
  }
  return asTheyAre(candles);
}

function asTheyAre(candles: ReportCandles): ShownCandles {
  return { candles, sourceInterval: candles.interval, shownInterval: candles.interval, resampled: false };
}

function merge(candles: ReportCandles, interval: Interval): ReportCandles {
  const length = INTERVAL_MS[interval];
  const time: number[] = [];
  const open: number[] = [];
  const high: number[] = [];
  const low: number[] = [];
  const close: number[] = [];
  const volume: number[] = [];
  for (const [i, at] of candles.time.entries()) {
    const bucket = Math.floor(at / length) * length;
    const last = time.length - 1;
    const row = { open: candles.open[i] ?? NaN, high: candles.high[i] ?? NaN, low: candles.low[i] ?? NaN, close: candles.close[i] ?? NaN };
    const traded = candles.volume[i] ?? NaN;
    if (time[last] === bucket) {
      high[last] = Math.max(high[last] ?? row.high, row.high);
      low[last] = Math.min(low[last] ?? row.low, row.low);
      close[last] = row.close;
      volume[last] = (volume[last] ?? 0) + traded;
    } else {
      time.push(bucket);
      open.push(row.open);
      high.push(row.high);
      low.push(row.low);
      close.push(row.close);
      volume.push(traded);
    }
  }
  return { symbol: candles.symbol, interval, time, open, high, low, close, volume };
}
