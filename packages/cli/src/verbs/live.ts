import { RUNS_FLAG, TIMEFRAMES_FLAG } from '../backtest/flags.ts';
import { LIVE_SETTINGS, settingFlags } from '../config/setting-flags.ts';
import { MODELS_FLAG } from '../models/root.ts';
import type { Flag, Verb } from '../verb.ts';

const MODES = ['paper', 'demo', 'live'];
const PROMOTIONS: Flag = { type: 'string', summary: 'folder of the promotions (default: promotions/)' };

const MODEL: Flag = { type: 'repeat', summary: 'where a model of the run lies now, if not in the folder of models' };

export const promote: Verb = {
  name: 'promote',
  summary: 'repeat a backtest and, when it gives the same, seal what a live run of it may do',
  positionals: [{ name: 'run', summary: 'run id, or enough of its start to be the only one', required: true }],
  flags: {
    to: { type: 'string', summary: 'what for: paper, the test system, or money', choices: MODES, required: true },
    'from-paper': { type: 'string', summary: 'for demo and live: the paper run that shows it at work' },
    'accept-untested': { type: 'boolean', summary: 'for demo and live: go without a paper run' },
    promotions: PROMOTIONS,
    model: MODEL,
    ...MODELS_FLAG,
    ...RUNS_FLAG,
    'block-rows': { type: 'number', summary: 'rows computed at once; changes nothing', default: 1000 },
  },
  examples: [
    ['promote ema-cross-3f2a --to paper', 'writes promotions/ema-cross-paper-….json'],
    ['promote ema-cross-3f2a --to live --from-paper ema-cross-paper-9c01', 'after the paper run'],
  ],
  load: () => import('../live/promote.ts'),
};

export const live: Verb = {
  name: 'live',
  summary: 'trade what was promoted, on paper or at the venue, until Ctrl-C; go on where an earlier process stopped',
  positionals: [],
  flags: {
    promotion: { type: 'string', summary: 'file of the promotion to start from' },
    run: { type: 'string', summary: 'id or folder of a live run to go on with' },
    mode: { type: 'string', summary: "default: the promotion's; BINANCE_TESTNET=true means demo", choices: MODES },
    history: { type: 'number', summary: 'candles to know before the first decision', default: 0 },
    keys: { type: 'string', summary: 'file with the API key that only you may read (default: BINANCE_API_KEY, BINANCE_API_SECRET)' },
    'rest-url': { type: 'string', summary: 'another host for requests, such as an emulator' },
    'stream-url': { type: 'string', summary: 'another host for streams' },
    acknowledge: { type: 'string', summary: "an emulator's address to tell whenever nothing is under way" },
    'max-order-age': { type: 'number', summary: 'ms after its candle closed that an order may still open (default: one interval)' },
    deadline: { type: 'number', summary: 'ms that a frame waits for its last candle before REST is asked', default: 2000 },
    'recv-window': {
      type: 'number',
      summary: 'ms that a request may be old when the venue accepts it; a lost one is known after it',
      default: 5000,
    },
    'weight-limit': { type: 'number', summary: 'request weight a minute from which on all but orders wait', default: 1920 },
    model: MODEL,
    ...MODELS_FLAG,
    ...TIMEFRAMES_FLAG,
    ...settingFlags(LIVE_SETTINGS),
    'lift-halt': { type: 'boolean', summary: 'with --run: let entries through again that were halted' },
    ...RUNS_FLAG,
  },
  examples: [
    ['live --promotion promotions/ema-cross-paper-3f2a.json', 'a paper run'],
    ['live --run ema-cross-paper-9c01', 'goes on with it after a stop or a crash'],
  ],
  settings: LIVE_SETTINGS,
  endsOnInterrupt: true,
  load: () => import('../live/run.ts'),
};
