import { BACKTEST_FLAGS, VENUE_FLAGS } from '../backtest/flags.ts';
import { ADAPTER_SETTINGS } from '../config/setting-flags.ts';
import type { Flag, Verb } from '../verb.ts';

const SYMBOLS = 'symbols of one account, comma-separated; @all takes every symbol stored at the interval';
// What has no finer candles cannot be held against what is decided by them.
const {
  report: _,
  journal: __,
  runs: ___,
  'block-rows': ____,
  fine: _____,
  workers: ______,
  'enable-memory-mapped-storage': _______,
  ...MARKET_FLAGS
} = BACKTEST_FLAGS;

const PARITY_FLAGS: Readonly<Record<string, Flag>> = {
  ...MARKET_FLAGS,
  symbols: { type: 'list', summary: SYMBOLS, required: true },
  // Without bounds: one reading is compared.
  ...VENUE_FLAGS,
  candles: { type: 'number', summary: 'only so many candles of each symbol, from the first' },
  mode: { type: 'string', summary: 'what is held against the backtest', choices: ['both', 'paper', 'live'], default: 'both' },
  faults: { type: 'list', summary: 'what goes wrong on the wire: none, standard, or kind=rate, which may be repeated (default: none)' },
  seed: { type: 'number', summary: 'seed of the faults and of sampled latency', default: 1 },
};

export const parity: Verb = {
  name: 'parity',
  summary: 'run a backtest, then the live adapter over an emulated venue, and compare the journals; exit code 1 when they differ',
  positionals: [],
  flags: PARITY_FLAGS,
  examples: [
    ['parity --strategy ema-cross --symbols BTCUSDT,SOLUSDT --interval 5m --candles 2000', 'paper and live against the backtest'],
    ['parity --strategy ema-cross --symbols @all --interval 5m --faults standard --seed 7', 'the same on a bad day'],
  ],
  settings: ADAPTER_SETTINGS,
  load: () => import('../parity/run.ts'),
};
