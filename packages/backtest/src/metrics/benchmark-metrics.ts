import type { RunSeries } from '@orrery/core';
import { DAY_MS, DAYS_PER_YEAR } from './calendar.ts';
import { dailyEquity, stepReturns } from './daily-returns.ts';
import type { MetricValues } from './metrics-input.ts';
import { covariance, mean, standardDeviation } from './moments.ts';
import { ratio } from './ratio.ts';
import { MINIMUM_DAYS } from './return-metrics.ts';

interface Pair {
  readonly own: readonly number[];
  readonly market: readonly number[];
}

/**
 * Chapter `benchmark`: the run beside an equal-weight purchase of its symbols that is held to the end. Both are read from the equity
 * curve at the same instants, the last bucket of each UTC day: a few hours' offset between the two would weaken every figure here.
 */
export function benchmarkMetrics(series: RunSeries, start: number, end: number): MetricValues {
  const last = series.benchmark.at(-1);
  const marketReturn = last === undefined ? null : last - 1;
  const pair = pairedReturns(series, start);
  const own = pair === null ? null : yearly(pair.own);
  const market = pair === null ? null : yearly(pair.market);
  const deviation = pair === null ? null : standardDeviation(pair.market);
  const beta = pair === null || deviation === null ? null : ratio(covariance(pair.own, pair.market) ?? 0, deviation * deviation);
  const active = pair?.own.map((value, i) => value - (pair.market[i] ?? 0)) ?? [];
  const activeDeviation = standardDeviation(active);
  const trackingError = activeDeviation === null ? null : activeDeviation * Math.sqrt(DAYS_PER_YEAR);
  return {
    benchmarkReturn: marketReturn,
    excessReturn: marketReturn === null || !(start > 0) ? null : end / start - 1 - marketReturn,
    beta,
    alpha: own === null || market === null || beta === null ? null : own - beta * market,
    correlation: correlation(pair),
    trackingError,
    informationRatio: ratio(yearly(active), trackingError),
    treynor: ratio(own, beta),
  };
}

function pairedReturns(series: RunSeries, start: number): Pair | null {
  const { time, equity } = series.curve;
  const span = (time.at(-1) ?? 0) - (time[0] ?? 0);
  // Buckets longer than a day would make most days look unmoved.
  if (time.length < 2 || span / (time.length - 1) > DAY_MS) return null;
  const own = dailyEquity(time, equity, start);
  const market = dailyEquity(time, series.benchmark, 1);
  if (own.days < MINIMUM_DAYS) return null;
  const ownReturns = stepReturns(own.equity);
  const marketReturns = stepReturns(market.equity);
  return ownReturns === null || marketReturns === null ? null : { own: ownReturns, market: marketReturns };
}

function yearly(returns: readonly number[]): number | null {
  const average = mean(returns);
  return average === null ? null : average * DAYS_PER_YEAR;
}

function correlation(pair: Pair | null): number | null {
  if (pair === null) return null;
  const own = standardDeviation(pair.own);
  const market = standardDeviation(pair.market);
  const together = covariance(pair.own, pair.market);
  return own === null || market === null ? null : ratio(together, own * market);
}
