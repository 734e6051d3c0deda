import type { Interval } from '@orrery/core';

const DAY = 86_400_000;
/** Binance's weeks start on Monday; the epoch was a Thursday. */
const FIRST_MONDAY = 4 * DAY;

/** An interval and its length in ms: all that parsing needs to know, so that parsing threads start without the core. */
export interface CandleSpan {
  readonly interval: Interval;
  readonly step: number;
}
/** Where candles of an interval may open: at `offset` plus whole multiples of `step`, ms UTC. */
export interface Grid {
  readonly step: number;
  readonly offset: number;
}

/**
 * Grid of an interval. Three-day candles are counted from the listing, so their offset is that of the first open time.
 */
export function gridOfSpan({ interval, step }: CandleSpan, firstTime: number): Grid {
  if (interval === '1w') return { step, offset: FIRST_MONDAY };
  if (interval === '3d') return { step, offset: (Math.floor(firstTime / DAY) * DAY) % step };
  return { step, offset: 0 };
}

/** Whether a candle may open at this time. */
export function onGrid(grid: Grid, time: number): boolean {
  return (time - grid.offset) % grid.step === 0;
}
