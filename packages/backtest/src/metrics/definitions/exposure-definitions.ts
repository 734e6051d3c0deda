import type { MetricDefinition } from '@orrery/core';
import { ACCOUNT, define, TRADE_RECORDS } from './define.ts';

/** Chapter `exposure`. */
export const EXPOSURE_DEFINITIONS: readonly MetricDefinition[] = define('exposure', [
  ['timeInMarket', 'Time in the market', 'fraction', 'neutral', 'frames with a position / frames', ACCOUNT],
  ['maxLeverage', 'Max gross leverage', 'ratio', 'lower', 'max(gross position value / equity) at bucket ends', ACCOUNT],
  ['meanLeverage', 'Mean gross leverage', 'ratio', 'neutral', 'mean(gross position value / equity) at bucket ends', ACCOUNT],
  [
    'tradedValue',
    'Traded value',
    'usdt',
    'neutral',
    'Σ largest size · (entry price + exit price); an open trade counts its entry alone',
    TRADE_RECORDS,
  ],
  ['turnover', 'Turnover', 'ratio', 'neutral', 'traded value / mean daily equity', ACCOUNT],
  ['turnoverPerDay', 'Turnover a day', 'ratio', 'neutral', 'turnover / days', ACCOUNT],
  ['returnOnTurnover', 'Return on turnover', 'fraction', 'higher', 'net profit / traded value', ACCOUNT],
  ['startEquity', 'Start equity', 'usdt', 'neutral', 'equity before the first frame', ACCOUNT],
  ['endEquity', 'End equity', 'usdt', 'higher', 'equity after the last frame, open positions at the last close', ACCOUNT],
  ['minEquity', 'Lowest equity', 'usdt', 'higher', 'min over every frame', ACCOUNT],
  ['maxEquity', 'Highest equity', 'usdt', 'higher', 'max over every frame', ACCOUNT],
]);
