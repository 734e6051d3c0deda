import type { MetricDefinition } from '@orrery/core';
import { ACCOUNT, define } from './define.ts';

const JENSEN = 'Jensen, The Performance of Mutual Funds in the Period 1945–1964, Journal of Finance 23(2), 1968';
const GRINOLD = 'Grinold & Kahn, Active Portfolio Management, 2nd ed., 2000';

/** Chapter `benchmark`: b are the daily returns of an equal-weight buy-and-hold of the run's symbols. */
export const BENCHMARK_DEFINITIONS: readonly MetricDefinition[] = define('benchmark', [
  ['benchmarkReturn', 'Buy-and-hold return', 'fraction', 'neutral', 'last multiple − 1', ACCOUNT],
  ['excessReturn', 'Return over buy-and-hold', 'fraction', 'higher', 'total return − buy-and-hold return', ACCOUNT],
  ['beta', 'Beta', 'ratio', 'neutral', 'cov(r, b) / var(b)', JENSEN],
  ['alpha', 'Alpha', 'fraction', 'higher', 'mean(r) · 365 − beta · mean(b) · 365, risk-free rate 0', JENSEN, '× 365'],
  ['correlation', 'Correlation', 'ratio', 'neutral', 'cov(r, b) / (sd(r) · sd(b))', 'Pearson’s coefficient'],
  ['trackingError', 'Tracking error', 'fraction', 'neutral', 'sd(r − b) · √365', GRINOLD, '× √365'],
  ['informationRatio', 'Information ratio', 'ratio', 'higher', 'mean(r − b) · 365 / tracking error', GRINOLD, '× √365'],
  [
    'treynor',
    'Treynor ratio',
    'fraction',
    'higher',
    'mean(r) · 365 / beta; a negative beta turns its sign',
    'Treynor, How to Rate Management of Investment Funds, Harvard Business Review 43(1), 1965',
    '× 365',
  ],
]);
