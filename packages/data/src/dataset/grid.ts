import { INTERVAL_MS, type Interval } from '@orrery/core';
import { gridOfSpan, type CandleSpan, type Grid } from './candle-span.ts';

/** An interval with its length. */
export function spanOf(interval: Interval): CandleSpan {
  return { interval, step: INTERVAL_MS[interval] };
}

/** Grid of an interval, see {@link gridOfSpan}. */
export function gridOf(interval: Interval, firstTime: number): Grid {
  return gridOfSpan(spanOf(interval), firstTime);
}
