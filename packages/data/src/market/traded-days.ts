import { INTERVAL_MS, type Interval } from '@orrery/core';
import { CLOSE, QUOTE_VOLUME, VOLUME, type Rows } from '../dataset/rows.ts';

const DAY = 86_400_000;

/** What a symbol traded on each UTC day: all that a ranking by volume has to know. */
export interface TradedDays {
  readonly symbol: string;
  /** Open time of its first candle, ms UTC. */
  readonly firstOpen: number;
  /** When it ended, ms UTC; Infinity where it has not. */
  readonly delisted: number;
  /** Days that one candle spans, at least 1. */
  readonly candleDays: number;
  /** Quote volume by day, counted from 1970-01-01; a candle counts for the day that it closes on. Days without a candle are absent. */
  readonly volumes: ReadonlyMap<number, number>;
}

/** Adds candles to the days that they close on: their quote volume, or close · volume where that is unknown or 0. */
export function addTradedDays(volumes: Map<number, number>, rows: Rows, interval: Interval): void {
  const [close, volume, quoteVolume] = [CLOSE, VOLUME, QUOTE_VOLUME].map((c) => rows.columns[c]);
  const toClose = INTERVAL_MS[interval] - 1;
  for (let r = 0; r < rows.length;) {
    const day = Math.floor((rows.time[r] + toClose) / DAY);
    const end = (day + 1) * DAY;
    let sum = 0;
    for (; r < rows.length && rows.time[r] + toClose < end; r++) sum += quoteVolume[r] > 0 ? quoteVolume[r] : close[r] * volume[r];
    volumes.set(day, (volumes.get(day) ?? 0) + sum);
  }
}

/** Days that a candle of the interval spans, at least 1. */
export function candleDaysOf(interval: Interval): number {
  return Math.max(1, INTERVAL_MS[interval] / DAY);
}
