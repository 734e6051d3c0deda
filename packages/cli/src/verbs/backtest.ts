import { BACKTEST_FLAGS, RUNS_FLAG } from '../backtest/flags.ts';
import { MODELS_FLAG } from '../models/root.ts';
import { STRATEGY_SETTINGS } from '../config/setting-flags.ts';
import type { Verb } from '../verb.ts';

const RUN = { name: 'run', summary: 'run id, or enough of its start to be the only one', required: true } as const;

export const backtest: Verb = {
  name: 'backtest',
  summary: 'run a strategy over stored candles and keep the run',
  positionals: [],
  flags: BACKTEST_FLAGS,
  examples: [
    ['backtest --strategy ema-cross --symbols BTCUSDT --interval 5m', 'one symbol, all stored candles'],
    ['backtest --strategy ./my.ts --symbols @all --interval 15m --param fast=9', 'a file of your own on every stored symbol, one account'],
    ['backtest --strategy ema-cross-filtered --model ema-filter --symbols BTCUSDT --interval 5m', 'entries only where a model agrees'],
  ],
  settings: STRATEGY_SETTINGS,
  load: () => import('../backtest/run.ts'),
};

export const verify: Verb = {
  name: 'verify',
  summary: 'run a stored backtest again and compare, entry by entry; exit code 1 when it differs',
  positionals: [RUN],
  flags: {
    ...RUNS_FLAG,
    rescore: { type: 'boolean', summary: "also ask the run's models again, and show how far they have drifted; needs a full journal" },
    model: { type: 'repeat', summary: 'folder or id of a model of the run, where it is not under the folder of models' },
    ...MODELS_FLAG,
    'block-rows': { type: 'number', summary: 'rows computed at once; changes nothing', default: 1000 },
  },
  examples: [
    ['verify ema-cross-3f2a', 'same manifest, same data, same digest?'],
    ['verify ema-cross-filtered-3f2a --rescore', 'do its models still say what they said?'],
  ],
  load: () => import('../backtest/verify.ts'),
};

export const report: Verb = {
  name: 'report',
  summary: 'write the HTML report of a run: one file that works offline',
  positionals: [RUN],
  flags: { ...RUNS_FLAG, out: { type: 'string', summary: 'file to write (default: report.html in the run)' } },
  examples: [['report ema-cross-3f2a', "writes report.html into the run's folder"]],
  load: () => import('../backtest/report.ts'),
};

export const demo: Verb = {
  name: 'demo',
  summary: 'the main job on the embedded sample: data, backtest, report, replay check',
  positionals: [],
  flags: {
    ...RUNS_FLAG,
    real: { type: 'boolean', summary: 'fetch a real month from the public archive instead of the synthetic sample' },
    month: { type: 'string', summary: 'with --real: which month, e.g. 2025-03 (default: the one before last)' },
    'base-url': { type: 'string', summary: 'with --real: archive to fetch from' },
    'rest-url': { type: 'string', summary: 'with --real: REST server to fetch from' },
  },
  examples: [
    ['demo', 'needs no network'],
    ['demo --real', 'the same on last month but one of BTC, ETH and SOL'],
  ],
  load: () => import('../backtest/demo.ts'),
};

export const features: Verb = {
  name: 'features',
  summary: 'compute features of a dataset and write them as CSV or Arrow',
  positionals: [{ name: 'dataset', summary: 'SYMBOL/INTERVAL, e.g. BTCUSDT/5m', required: true }],
  flags: {
    feature: { type: 'repeat', summary: "feature text, e.g. 'rsi(close,14)' or 'ema(close,50)@1h'; may be repeated" },
    out: { type: 'string', summary: 'file to write: .csv or .arrow', required: true },
    from: { type: 'string', summary: 'first candle, as for backtest' },
    to: { type: 'string', summary: 'last period, inclusive' },
  },
  examples: [
    ["features BTCUSDT/5m --feature 'rsi(close,14)' --feature 'ema(close,50)@1h' --out x.csv", 'a time column and one per feature'],
  ],
  load: () => import('../backtest/features.ts'),
};
