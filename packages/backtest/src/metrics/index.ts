export { computeMetrics } from './compute-metrics.ts';
export { METRIC_DEFINITIONS } from './metric-definitions.ts';
export type { MetricsInput, MetricValues } from './metrics-input.ts';
export { metricsTable } from './metrics-table.ts';
