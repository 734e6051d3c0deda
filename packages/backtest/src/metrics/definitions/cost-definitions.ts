import type { MetricDefinition } from '@orrery/core';
import { ACCOUNT, define } from './define.ts';

/** Chapter `cost`. */
export const COST_DEFINITIONS: readonly MetricDefinition[] = define('cost', [
  ['fees', 'Fees paid', 'usdt', 'lower', 'Σ trading fees', ACCOUNT],
  ['funding', 'Funding received', 'usdt', 'higher', 'Σ funding; negative is paid', ACCOUNT],
  ['slippage', 'Slippage', 'usdt', 'lower', 'Σ adverse difference of fill and reference price; already in the profit', ACCOUNT],
  ['feesToEquity', 'Fees / start equity', 'fraction', 'lower', 'fees / start', ACCOUNT],
  ['fundingToEquity', 'Funding / start equity', 'fraction', 'higher', 'funding / start', ACCOUNT],
  ['slippageToEquity', 'Slippage / start equity', 'fraction', 'lower', 'slippage / start', ACCOUNT],
  ['liquidations', 'Liquidations', 'count', 'lower', 'positions, or parts of some, that the venue closed for want of margin', ACCOUNT],
  ['liquidationFees', 'Clearance fees', 'usdt', 'lower', 'Σ clearance fees of liquidations', ACCOUNT],
  ['absorbed', 'Absorbed losses', 'usdt', 'lower', 'Σ losses beyond the margin that the insurance fund took over', ACCOUNT],
]);
