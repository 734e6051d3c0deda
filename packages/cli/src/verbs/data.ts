import type { Flag, Verb, VerbGroup } from '../verb.ts';

const KINDS = ['klines', 'markPriceKlines', 'fundingRate'];
const interval: Flag = { type: 'string', summary: 'candle interval, such as 5m' };

const importVerb: Verb = {
  name: 'import',
  summary: "store the archive's files (.csv, .csv.gz, .zip) under the data root",
  positionals: [{ name: 'files', summary: 'files to import; what they hold is read from their names', required: true, many: true }],
  flags: {
    symbol: { type: 'string', summary: 'symbol, where the file name does not say' },
    interval,
    kind: { type: 'string', summary: 'what the files hold, where the file name does not say', choices: [...KINDS, 'aggTrades'] },
    replace: { type: 'boolean', summary: 'let rows of the files overwrite different stored ones' },
  },
  examples: [
    ['import BTCUSDT-5m-2025-01.zip', 'one month of five-minute candles'],
    ['import BTCUSDT-aggTrades-2025-01-31.zip', 'a day of trades, stored as one-second candles'],
    ['import prices.csv --symbol BTCUSDT --interval 1h --kind klines', 'a file with a name of its own'],
  ],
  load: () => import('../data/import.ts'),
};

const restUrl: Flag = { type: 'string', summary: "address of the venue's interface" };
const symbols: Flag = { type: 'list', summary: 'symbols, separated by commas', required: true };

const download: Verb = {
  name: 'download',
  summary: "fetch market data from the venue's public archive, and what that lacks from its interface",
  positionals: [],
  flags: {
    symbols,
    interval: { ...interval, required: true },
    from: { type: 'string', summary: 'year, month, day or instant, UTC', required: true },
    to: { type: 'string', summary: 'year, month, day or instant, UTC; a period is meant to its end', required: true },
    kinds: { type: 'list', summary: 'what to fetch, separated by commas (default klines,fundingRate)', choices: KINDS },
    concurrency: { type: 'number', summary: 'files fetched at once' },
    'base-url': { type: 'string', summary: 'address of the archive' },
    'rest-url': restUrl,
  },
  examples: [
    [
      'download --symbols BTCUSDT,ETHUSDT --interval 5m --from 2025-01 --to 2025-03',
      'three months; what is stored already is not fetched again',
    ],
  ],
  load: () => import('../data/download.ts'),
};
const synth: Verb = {
  name: 'synth',
  summary: 'make up a market that looks like a real one; the same seed gives the same bytes',
  positionals: [],
  flags: {
    symbols,
    interval: { ...interval, required: true },
    from: { type: 'string', summary: 'first day, UTC', default: '2025-01-01' },
    days: { type: 'number', summary: 'length in days', default: 90 },
    seed: { type: 'number', summary: 'any whole number', default: 1 },
  },
  examples: [['synth --symbols AUSDT,BUSDT --interval 5m --days 30 --seed 7', 'two symbols that move together']],
  load: () => import('../data/synth.ts'),
};
const list: Verb = {
  name: 'list',
  summary: 'the datasets under the data root',
  positionals: [],
  flags: {},
  examples: [['list', 'one line per dataset: rows, first and last time, gaps']],
  load: () => import('../data/list.ts'),
};
const verify: Verb = {
  name: 'verify',
  summary: 'read datasets through and check times, prices and checksums',
  positionals: [{ name: 'datasets', summary: 'such as BTCUSDT/5m or BTCUSDT/fundingRate; all when left out', required: false, many: true }],
  flags: {},
  examples: [['verify BTCUSDT/5m', 'exit code 1 when something is wrong']],
  load: () => import('../data/verify.ts'),
};
const exportVerb: Verb = {
  name: 'export',
  summary: 'write a dataset to one file',
  positionals: [{ name: 'dataset', summary: 'such as BTCUSDT/5m or BTCUSDT/fundingRate', required: true }],
  flags: {
    format: { type: 'string', summary: "csv is the archive's own layout", choices: ['csv', 'arrow', 'parquet'], default: 'csv' },
    out: { type: 'string', summary: 'file to write; an existing one is replaced', required: true },
    from: { type: 'string', summary: 'year, month, day or instant, UTC' },
    to: { type: 'string', summary: 'year, month, day or instant, UTC; a period is meant to its end' },
  },
  examples: [['export BTCUSDT/5m --format parquet --out btc.parquet', 'all rows']],
  load: () => import('../data/export.ts'),
};

const filters: Verb = {
  name: 'filters',
  summary: "fetch today's tick, step and order limits of all symbols into the data root",
  positionals: [],
  flags: { 'rest-url': restUrl },
  examples: [['filters', 'runs take the table whose day is nearest to their candles']],
  load: () => import('../data/filters.ts'),
};
const brackets: Verb = {
  name: 'brackets',
  summary: "fetch today's leverage brackets of all symbols into the data root; needs an API key that may read",
  positionals: [],
  flags: {
    keys: {
      type: 'string',
      summary: 'file with the API key that only you may read, or env (default: env, BINANCE_API_KEY and BINANCE_API_SECRET)',
    },
    'rest-url': restUrl,
  },
  examples: [['brackets --keys keys.json', 'runs take the table whose day is nearest to their candles']],
  load: () => import('../data/brackets.ts'),
};

export const data: VerbGroup = {
  name: 'data',
  summary: 'get, check and hand out market data',
  verbs: [importVerb, download, filters, brackets, synth, list, verify, exportVerb],
};
