import type { MetricDefinition } from '@orrery/core';
import { ACCOUNT, define } from './define.ts';

const LINEAR = '× 365';
const ROOT = '× √365';
const SHARPE = 'Sharpe, The Sharpe Ratio, Journal of Portfolio Management 21(1), 1994';
const BAILEY = 'Bailey & López de Prado, The Sharpe Ratio Efficient Frontier, Journal of Risk 15(2), 2012';
const MOMENTS = 'Joanes & Gill, Comparing measures of sample skewness and kurtosis, The Statistician 47(1), 1998: g1, g2';

/** Chapter `return`. */
export const RETURN_DEFINITIONS: readonly MetricDefinition[] = define('return', [
  ['netProfit', 'Net profit', 'usdt', 'higher', 'end − start', ACCOUNT],
  ['totalReturn', 'Total return', 'fraction', 'higher', 'end / start − 1', ACCOUNT],
  ['days', 'Days', 'days', 'neutral', 'UTC days from the first to the last with a candle', ACCOUNT],
  ['cagr', 'CAGR', 'fraction', 'higher', '(end / start)^(365 / days) − 1', 'compound growth', 'exponent 365 / days'],
  ['annualReturn', 'Annual return (mean)', 'fraction', 'higher', 'mean(r) · 365', SHARPE, LINEAR],
  ['annualVolatility', 'Annual volatility', 'fraction', 'lower', 'sd(r) · √365', SHARPE, ROOT],
  ['sharpe', 'Sharpe ratio', 'ratio', 'higher', 'mean(r) / sd(r) · √365, risk-free rate 0', SHARPE, ROOT],
  [
    'sortino',
    'Sortino ratio',
    'ratio',
    'higher',
    'mean(r) / √(Σ min(r, 0)² / n) · √365, target 0',
    'Sortino & Price, Performance Measurement in a Downside Risk Framework, Journal of Investing 3(3), 1994',
    ROOT,
  ],
  [
    'omega',
    'Omega ratio',
    'ratio',
    'higher',
    'Σ max(r, 0) / Σ max(−r, 0), threshold 0',
    'Keating & Shadwick, A Universal Performance Measure, 2002',
  ],
  [
    'probabilisticSharpe',
    'Probabilistic Sharpe ratio',
    'fraction',
    'higher',
    'Φ(s · √(n − 1) / √(1 − g1 · s + (g2 + 2) / 4 · s²)), s = mean(r) / sd(r) of a day, against a true Sharpe ratio of 0',
    BAILEY,
  ],
  ['skewness', 'Skewness', 'ratio', 'higher', 'g1 = m3 / m2^1.5 of r', MOMENTS],
  ['kurtosis', 'Excess kurtosis', 'ratio', 'lower', 'g2 = m4 / m2² − 3 of r', MOMENTS],
  ['bestDay', 'Best day', 'fraction', 'higher', 'max(r)', ACCOUNT],
  ['worstDay', 'Worst day', 'fraction', 'higher', 'min(r)', ACCOUNT],
  ['averageDay', 'Average day', 'fraction', 'higher', 'mean(r)', ACCOUNT],
  ['averageWinningDay', 'Average winning day', 'fraction', 'higher', 'mean(r > 0)', ACCOUNT],
  ['averageLosingDay', 'Average losing day', 'fraction', 'higher', 'mean(r < 0)', ACCOUNT],
  ['winningDays', 'Winning days', 'count', 'higher', 'count(r > 0)', ACCOUNT],
  ['drawDays', 'Days without change', 'count', 'neutral', 'count(r = 0)', ACCOUNT],
  ['losingDays', 'Losing days', 'count', 'lower', 'count(r < 0)', ACCOUNT],
]);
