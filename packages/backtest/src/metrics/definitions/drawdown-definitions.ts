import type { MetricDefinition } from '@orrery/core';
import { ACCOUNT, define } from './define.ts';

const ULCER = 'Martin & McCann, The Investor’s Guide to Fidelity Funds, 1989';
const GROWTH = 'numerator: CAGR';

/** Chapter `drawdown`. */
export const DRAWDOWN_DEFINITIONS: readonly MetricDefinition[] = define('drawdown', [
  ['maxDrawdown', 'Max drawdown', 'fraction', 'lower', '(peak − trough) / peak, deepest over every frame', ACCOUNT],
  ['maxDrawdownAmount', 'Max drawdown amount', 'usdt', 'lower', 'peak − trough of the max drawdown', ACCOUNT],
  ['maxDrawdownDuration', 'Max drawdown: peak to trough', 'days', 'lower', 'trough time − peak time', ACCOUNT],
  [
    'maxDrawdownRecovery',
    'Max drawdown: trough to recovery',
    'days',
    'lower',
    'end of the curve bucket that is back at the peak − trough time; undefined while not recovered',
    ACCOUNT,
  ],
  ['averageDrawdown', 'Average drawdown', 'fraction', 'lower', 'mean of the deepest fall of each drawdown of the curve', ACCOUNT],
  ['longestDrawdown', 'Longest drawdown', 'days', 'lower', 'max(recovery or end − peak) over the drawdowns of the curve', ACCOUNT],
  ['timeUnderWater', 'Time under water', 'fraction', 'lower', 'curve buckets that end below an earlier peak / buckets', ACCOUNT],
  [
    'calmar',
    'Calmar ratio',
    'ratio',
    'higher',
    'CAGR / max drawdown, over the whole run',
    'Young, Calmar Ratio: A Smoother Tool, Futures 20(1), 1991',
    GROWTH,
  ],
  ['ulcerIndex', 'Ulcer index', 'fraction', 'lower', '√(mean(D²)), D = fall of a day’s end below the highest one so far', ULCER],
  ['martin', 'Martin ratio', 'ratio', 'higher', 'CAGR / ulcer index', ULCER, GROWTH],
  [
    'serenity',
    'Serenity ratio',
    'ratio',
    'higher',
    'mean(r) · 365 / (ulcer index · pitfall), pitfall = mean of the deepest 5 % of D / (sd(r) · √365)',
    'KeyQuant, Introducing the Serenity Ratio, 2014',
    'numerator × 365, volatility × √365',
  ],
]);
