import type { AccountSummary, RunSeries, TradeRow } from '@orrery/core';

/** What the metrics are worked out from; nothing else is read, no clock and no configuration. */
export interface MetricsInput {
  readonly series: RunSeries;
  readonly trades: readonly TradeRow[];
  readonly account: AccountSummary;
}

/** Values of one chapter by metric id; null is "undefined", never zero. */
export type MetricValues = Readonly<Record<string, number | null>>;
