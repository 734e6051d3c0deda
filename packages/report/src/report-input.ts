import type { MetricDefinition, RunResult, RunSeries } from '@orrery/core';
import type { SignalSample } from '@orrery/data';

/** Candles of one symbol as columns, oldest first. */
export interface ReportCandles {
  readonly symbol: string;
  readonly interval: string;
  /** Open times, ms UTC. */
  readonly time: readonly number[];
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
  /** In base asset. */
  readonly volume: readonly number[];
}

/** Everything that a page shows; the page is a function of it and of nothing else. */
export interface ReportInput {
  readonly result: RunResult;
  readonly series: RunSeries;
  /** null when the dataset is not at hand: the page says so. */
  readonly candles: readonly ReportCandles[] | null;
  /** Closed virtual positions of the run; absent or null where it recorded none. */
  readonly samples?: readonly SignalSample[] | null;
  /** What the result's metrics mean; a metric without a definition is shown by its id. */
  readonly definitions: readonly MetricDefinition[];
}
