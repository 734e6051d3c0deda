import { toUsdt } from '@orrery/core';
import { DAYS_PER_YEAR } from './calendar.ts';
import { type DailyEquity, stepReturns } from './daily-returns.ts';
import type { MetricValues } from './metrics-input.ts';
import { kurtosis, mean, skewness, standardDeviation, sum } from './moments.ts';
import { probabilisticSharpe } from './probabilistic-sharpe.ts';
import { finiteOrNull, ratio } from './ratio.ts';

/** Below it a daily series says nothing about a day's spread or a year's growth. */
export const MINIMUM_DAYS = 2;

/** Daily returns of the run, or null where there are too few days or equity was not above zero. */
export function dailyReturns(daily: DailyEquity): readonly number[] | null {
  return daily.days < MINIMUM_DAYS ? null : stepReturns(daily.equity);
}

/**
 * Compound growth a year, as a fraction; null under two days, or where start or end is not above zero.
 * @param start amount at the start, in the unit of `end`
 * @param days UTC days of the run
 */
export function compoundAnnualGrowth(start: number, end: number, days: number): number | null {
  if (days < MINIMUM_DAYS || !(start > 0) || !(end > 0)) return null;
  return finiteOrNull((end / start) ** (DAYS_PER_YEAR / days) - 1);
}

/** Mean daily return × 365, or null without returns. */
export function annualReturn(returns: readonly number[] | null): number | null {
  const average = returns === null ? null : mean(returns);
  return average === null ? null : average * DAYS_PER_YEAR;
}

/** Sample deviation of daily returns × √365, or null where they do not move. */
export function annualVolatility(returns: readonly number[] | null): number | null {
  const deviation = returns === null ? null : standardDeviation(returns);
  return deviation === null ? null : deviation * Math.sqrt(DAYS_PER_YEAR);
}

/** Chapter `return`: growth, spread and shape of the daily returns. Amounts in sats. */
export function returnMetrics(start: number, end: number, daily: DailyEquity): MetricValues {
  const returns = dailyReturns(daily);
  const perYear = annualReturn(returns);
  const volatility = annualVolatility(returns);
  return {
    netProfit: toUsdt(end - start),
    totalReturn: start > 0 ? end / start - 1 : null,
    days: daily.days,
    cagr: compoundAnnualGrowth(start, end, daily.days),
    annualReturn: perYear,
    annualVolatility: volatility,
    sharpe: ratio(perYear, volatility),
    sortino: ratio(perYear, downsideDeviation(returns)),
    omega: omega(returns),
    probabilisticSharpe: sharpeProbability(returns),
    skewness: returns === null ? null : skewness(returns),
    kurtosis: excessKurtosis(returns),
    ...dayMetrics(returns),
  };
}

function downsideDeviation(returns: readonly number[] | null): number | null {
  const square = returns === null ? null : mean(returns.map((value) => Math.min(value, 0) ** 2));
  return square === null ? null : Math.sqrt(square) * Math.sqrt(DAYS_PER_YEAR);
}

function omega(returns: readonly number[] | null): number | null {
  if (returns === null) return null;
  const gains = sum(returns.map((value) => Math.max(value, 0)));
  return ratio(gains, sum(returns.map((value) => Math.max(-value, 0))));
}

function sharpeProbability(returns: readonly number[] | null): number | null {
  if (returns === null) return null;
  const sharpe = ratio(mean(returns), standardDeviation(returns));
  const skew = skewness(returns);
  const tail = kurtosis(returns);
  if (sharpe === null || skew === null || tail === null) return null;
  return probabilisticSharpe({ sharpe, observations: returns.length, skewness: skew, kurtosis: tail, threshold: 0 });
}

function excessKurtosis(returns: readonly number[] | null): number | null {
  const value = returns === null ? null : kurtosis(returns);
  return value === null ? null : value - 3;
}

function dayMetrics(returns: readonly number[] | null): MetricValues {
  const wins = returns?.filter((value) => value > 0) ?? null;
  const losses = returns?.filter((value) => value < 0) ?? null;
  return {
    bestDay: returns === null ? null : Math.max(...returns),
    worstDay: returns === null ? null : Math.min(...returns),
    averageDay: returns === null ? null : mean(returns),
    averageWinningDay: wins === null ? null : mean(wins),
    averageLosingDay: losses === null ? null : mean(losses),
    winningDays: wins?.length ?? null,
    drawDays: returns === null || wins === null || losses === null ? null : returns.length - wins.length - losses.length,
    losingDays: losses?.length ?? null,
  };
}
