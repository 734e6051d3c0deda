import type { MetricDefinition } from '@orrery/core';
import { BENCHMARK_DEFINITIONS } from './definitions/benchmark-definitions.ts';
import { COST_DEFINITIONS } from './definitions/cost-definitions.ts';
import { DRAWDOWN_DEFINITIONS } from './definitions/drawdown-definitions.ts';
import { EXPOSURE_DEFINITIONS } from './definitions/exposure-definitions.ts';
import { RETURN_DEFINITIONS } from './definitions/return-definitions.ts';
import { TRADE_DEFINITIONS } from './definitions/trade-definitions.ts';

/** Every metric of a result, in the order that reports show them. */
export const METRIC_DEFINITIONS: readonly MetricDefinition[] = [
  ...RETURN_DEFINITIONS,
  ...DRAWDOWN_DEFINITIONS,
  ...BENCHMARK_DEFINITIONS,
  ...TRADE_DEFINITIONS,
  ...EXPOSURE_DEFINITIONS,
  ...COST_DEFINITIONS,
];
