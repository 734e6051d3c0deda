import { parseSats } from '@orrery/core';
import { benchmarkMetrics } from './benchmark-metrics.ts';
import { costMetrics } from './cost-metrics.ts';
import { dailyEquity } from './daily-returns.ts';
import { drawdownMetrics } from './drawdown-metrics.ts';
import { exposureMetrics } from './exposure-metrics.ts';
import { finiteOrNull } from './ratio.ts';
import { returnMetrics } from './return-metrics.ts';
import { METRIC_DEFINITIONS } from './metric-definitions.ts';
import type { MetricsInput, MetricValues } from './metrics-input.ts';
import { tradeMetrics } from './trade-metrics.ts';

/**
 * All metrics of a run by id, in the order of their definitions. A metric that the run leaves undefined (no trades, no deviation, under
 * two days) is null, never NaN, infinite or a zero in disguise.
 * @throws RangeError when an amount is no decimal, a sum of amounts cannot be held exactly, or the times of a series do not ascend.
 */
export function computeMetrics(input: MetricsInput): MetricValues {
  const { series, trades, account } = input;
  const start = parseSats(account.startEquity);
  const end = parseSats(account.endEquity);
  const daily = dailyEquity(series.daily.time, series.daily.equity, start);
  const values: MetricValues = {
    ...returnMetrics(start, end, daily),
    ...drawdownMetrics(series, start, end, daily),
    ...benchmarkMetrics(series, start, end),
    ...tradeMetrics(trades, daily.days),
    ...exposureMetrics(series, trades, start, end, daily),
    ...costMetrics(account),
  };
  return Object.fromEntries(METRIC_DEFINITIONS.map(({ id }) => [id, finite(values[id])]));
}

function finite(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : finiteOrNull(value);
}
