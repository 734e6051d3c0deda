import { MODELS_FLAG } from '../models/root.ts';
import type { Flag } from '../verb.ts';

export const RUNS_FLAG: Readonly<Record<string, Flag>> = {
  runs: { type: 'string', summary: 'folder of the runs (default: ORRERY_RUNS, else runs/)' },
};

/** What a simulated venue takes, and how it reads a candle; the fees are those of Binance's regular user. */
export const VENUE_FLAGS: Readonly<Record<string, Flag>> = {
  'maker-fee-bps': { type: 'number', summary: 'maker fee in basis points of the notional', default: 2 },
  'taker-fee-bps': { type: 'number', summary: 'taker fee in basis points of the notional', default: 5 },
  'slippage-bps': { type: 'number', summary: 'adverse move of market, stop and take-profit fills', default: 0 },
  fills: {
    type: 'string',
    summary: 'how a candle is read in which the order of high and low decides',
    choices: ['pessimistic', 'heuristic', 'optimistic'],
    default: 'pessimistic',
  },
};

/** Everything that describes an account and its venue; the defaults are Binance's regular user. */
export const BACKTEST_FLAGS: Readonly<Record<string, Flag>> = {
  strategy: { type: 'string', summary: 'name of a strategy that ships with Orrery, or a file of your own (.ts, .js)', required: true },
  symbols: {
    type: 'list',
    summary: 'symbols of one account, comma-separated; @all takes every symbol stored at the interval',
    required: true,
  },
  interval: { type: 'string', summary: 'candle interval, e.g. 5m', required: true },
  from: { type: 'string', summary: 'first candle: 2025, 2025-01, 2025-01-31 or 2025-01-31T12:00Z (default: all there is)' },
  to: { type: 'string', summary: 'last period, inclusive: 2025-03 is all of March' },
  param: { type: 'repeat', summary: 'parameter of the strategy as name=value; may be repeated' },
  model: {
    type: 'repeat',
    summary: 'model that the strategy needs: its folder or id, as name=DIR|ID where it needs several',
  },
  ...MODELS_FLAG,
  equity: { type: 'string', summary: 'start equity in USDT', default: '10000' },
  ...VENUE_FLAGS,
  'max-leverage': { type: 'number', summary: 'gross position value over equity that new orders may reach', default: 3 },
  seed: { type: 'number', summary: 'goes into the manifest; nothing is drawn at random in a backtest yet', default: 1 },
  journal: { type: 'string', summary: 'keep every entry, or only their digest', choices: ['hash', 'full'], default: 'hash' },
  'block-rows': { type: 'number', summary: 'rows computed at once; changes speed, never a result', default: 4096 },
  report: { type: 'string', summary: 'also write the HTML report to this file' },
  ...RUNS_FLAG,
};
