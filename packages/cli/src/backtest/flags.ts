import { settingFlags, STRATEGY_SETTINGS } from '../config/setting-flags.ts';
import { MODELS_FLAG } from '../models/root.ts';
import type { Flag } from '../verb.ts';
import { FEE_TIERS } from './fee-tiers.ts';

export const RUNS_FLAG: Readonly<Record<string, Flag>> = {
  runs: { type: 'string', summary: 'folder of the runs (default: ORRERY_RUNS, else runs/)' },
};

export const TIMEFRAMES_FLAG: Readonly<Record<string, Flag>> = {
  timeframes: {
    type: 'list',
    summary: 'one or two longer intervals that the strategy reads beside --interval, which may be among them (default: two that suit it)',
  },
};

const READINGS = ['pessimistic', 'heuristic', 'optimistic'] as const;

/** What a simulated venue takes, and how it reads a candle; the fees are those of Binance's regular user. */
export const VENUE_FLAGS: Readonly<Record<string, Flag>> = {
  'fee-tier': {
    type: 'string',
    summary: "tier of Binance's fee schedule that the two fees below are taken from",
    choices: Object.keys(FEE_TIERS),
    default: 'vip0',
  },
  'maker-fee-bps': { type: 'number', summary: "maker fee in basis points of the notional (default: the tier's; 2 for vip0)" },
  'taker-fee-bps': { type: 'number', summary: "taker fee in basis points of the notional (default: the tier's; 5 for vip0)" },
  'bnb-discount': { type: 'boolean', summary: 'fees are paid in BNB: a tenth off both' },
  'slippage-bps': { type: 'number', summary: 'adverse move of market, stop and take-profit fills, basis points of the price', default: 0 },
  fills: {
    type: 'string',
    summary: 'how a candle is read in which the order of high and low decides',
    choices: READINGS,
    default: 'pessimistic',
  },
};

/** How the simulated venue keeps margin and fills orders, beyond fees and slippage. */
export const SIMULATION_FLAGS: Readonly<Record<string, Flag>> = {
  margin: { type: 'string', summary: 'margin that positions share, or each its own', choices: ['cross', 'isolated'], default: 'cross' },
  hedge: { type: 'boolean', summary: 'hedge mode: a long and a short of each symbol side by side' },
  leverage: { type: 'number', summary: 'leverage that each symbol begins with, 1 to 150, at most what its brackets allow', default: 20 },
  'half-spread-bps': { type: 'number', summary: 'half of the spread, paid by all that takes, basis points of the price', default: 0 },
  'impact-bps': {
    type: 'number',
    summary: "cost of taking a candle's whole volume, basis points of the price; a part of it costs the root of that part",
    default: 0,
  },
  'max-volume-share': {
    type: 'number',
    summary: "largest part of a candle's volume that a symbol's orders fill together, 0 to 1; 0: no such cap",
    default: 0,
  },
  'limit-fill': {
    type: 'string',
    summary: 'when a limit fills: the price goes through it, or already when it is touched',
    choices: ['through', 'touch'],
    default: 'through',
  },
  'latency-ms': {
    type: 'string',
    summary: 'ms from a decision to the venue: a number, or MIN..MAX, drawn for each order with the seed',
    default: '0',
  },
  fine: {
    type: 'string',
    summary: 'finer candles that decide inside those of --interval: auto (where any are stored), none, or their interval',
    default: 'auto',
  },
};

/** Everything that describes an account and its venue; the defaults are Binance's regular user. */
export const BACKTEST_FLAGS: Readonly<Record<string, Flag>> = {
  strategy: {
    type: 'string',
    summary: 'name of a strategy that ships with Orrery, or a file of your own (.ts, .js) (default: the one of STRATEGY_MODE)',
  },
  symbols: {
    type: 'list',
    summary:
      'symbols of one account, comma-separated; @FILE takes those of a file, one a line (its path has a . or / in it); @all takes every symbol stored at the interval, @topN[:DAYS] too, but enters each only on days on which it is among the N largest by quote volume of the DAYS (30) before',
    required: true,
  },
  interval: { type: 'string', summary: 'candle interval, e.g. 5m', required: true },
  from: { type: 'string', summary: 'first candle: 2025, 2025-01, 2025-01-31 or 2025-01-31T12:00Z (default: all there is)' },
  to: { type: 'string', summary: 'last period, inclusive: 2025-03 is all of March' },
  ...TIMEFRAMES_FLAG,
  param: { type: 'repeat', summary: 'parameter of the strategy as name=value; may be repeated' },
  ...settingFlags(STRATEGY_SETTINGS),
  model: {
    type: 'repeat',
    summary: 'model that the strategy needs: its folder or id, as name=DIR|ID where it needs several',
  },
  ...MODELS_FLAG,
  equity: { type: 'string', summary: 'start equity in USDT', default: '10000' },
  ...VENUE_FLAGS,
  fills: {
    type: 'string',
    summary: 'how a candle is read in which the order of high and low decides; bounds: pessimistic, and the ends of all three beside it',
    choices: [...READINGS, 'bounds'],
    default: 'pessimistic',
  },
  ...SIMULATION_FLAGS,
  'max-leverage': { type: 'number', summary: 'gross position value over equity that new orders may reach', default: 3 },
  seed: { type: 'number', summary: 'draws what is sampled, which is latency alone', default: 1 },
  journal: { type: 'string', summary: 'keep every entry, or only their digest', choices: ['hash', 'full'], default: 'hash' },
  'block-rows': { type: 'number', summary: 'rows computed at once; changes speed, never a result (default: 4096, or 512 of each symbol)' },
  report: { type: 'string', summary: 'also write the HTML report to this file' },
  ...RUNS_FLAG,
};
