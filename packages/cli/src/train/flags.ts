import { RUNS_FLAG, TIMEFRAMES_FLAG } from '../backtest/flags.ts';
import { settingFlags, TRAIN_SETTINGS } from '../config/setting-flags.ts';
import { MODELS_FLAG } from '../models/root.ts';
import type { Flag } from '../verb.ts';

/** Everything that describes a training. Defaults that are numbers stand here once; docs/training.md says what they mean. */
export const TRAIN_FLAGS: Readonly<Record<string, Flag>> = {
  strategy: { type: 'string', summary: 'strategy whose entry signals are to be filtered: a name, or a file of your own' },
  symbols: { type: 'list', summary: 'symbols, comma-separated; @all takes every symbol stored at the interval' },
  interval: { type: 'string', summary: 'candle interval, e.g. 5m' },
  'from-run': {
    type: 'list',
    summary:
      'runs whose closed virtual positions are the samples, comma-separated: ids or folders; strategy, symbols, interval and candles are theirs',
  },
  ...RUNS_FLAG,
  from: { type: 'string', summary: 'first candle: 2025, 2025-01, 2025-01-31 or 2025-01-31T12:00Z (default: all there is)' },
  to: { type: 'string', summary: 'last period, inclusive: 2025-03 is all of March' },
  ...TIMEFRAMES_FLAG,
  param: { type: 'repeat', summary: 'parameter of the strategy as name=value; may be repeated' },
  ...settingFlags(TRAIN_SETTINGS),
  feature: { type: 'repeat', summary: "input of the model, e.g. 'rsi(close,14)', or side; may be repeated (default: a list of 29)" },
  barriers: {
    type: 'string',
    summary: 'what the distances below count: average true ranges, or percent of the entry price (default atr)',
    choices: ['atr', 'percent'],
  },
  'atr-length': { type: 'number', summary: 'candles of the average true range (default 14)' },
  'take-profit': { type: 'number', summary: 'distance of the take-profit (default 2)' },
  'stop-loss': { type: 'number', summary: 'distance of the stop-loss (default 2)' },
  'max-candles': { type: 'number', summary: 'candles that a position is held at most (default 48)' },
  'cost-bps': { type: 'number', summary: 'cost of a round trip in basis points; a win earns more than it (default 10)' },
  folds: { type: 'number', summary: 'parts in time of the cross-validation', default: 5 },
  embargo: { type: 'number', summary: 'candles behind a tested part that are not trained on', default: 100 },
  rounds: { type: 'number', summary: 'boosting rounds at most; the folds find how many are best', default: 500 },
  patience: { type: 'number', summary: 'rounds without a better loss after which training stops', default: 50 },
  'max-depth': { type: 'number', summary: 'depth of a tree', default: 4 },
  'learning-rate': { type: 'number', summary: 'how much of each tree counts', default: 0.03 },
  'min-child-weight': { type: 'number', summary: 'least sum of second derivatives in a leaf', default: 10 },
  'row-share': { type: 'number', summary: 'share of the samples that each tree sees', default: 0.8 },
  'column-share': { type: 'number', summary: 'share of the inputs that each tree sees', default: 0.8 },
  l2: { type: 'number', summary: 'penalty on large leaves', default: 1 },
  seed: { type: 'number', summary: 'of all that is drawn at random; the same seed gives the same file', default: 1 },
  threads: { type: 'number', summary: 'threads of XGBoost (default: one less than there are processors)' },
  calibration: {
    type: 'string',
    summary: 'how margins become probabilities',
    choices: ['platt', 'isotonic', 'none'],
    default: 'platt',
  },
  name: { type: 'string', summary: 'name of the model (default: that of the strategy)' },
  ...MODELS_FLAG,
};
