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
    kind: { type: 'string', summary: 'what the files hold, where the file name does not say', choices: KINDS },
    replace: { type: 'boolean', summary: 'let rows of the files overwrite different stored ones' },
  },
  examples: [
    ['import BTCUSDT-5m-2025-01.zip', 'one month of five-minute candles'],
    ['import prices.csv --symbol BTCUSDT --interval 1h --kind klines', 'a file with a name of its own'],
  ],
  load: () => import('../data/import.ts'),
};

export const data: VerbGroup = { name: 'data', summary: 'get, check and hand out market data', verbs: [importVerb] };
