import { SIMULATION_FLAGS, VENUE_FLAGS } from '../backtest/flags.ts';
import type { Verb } from '../verb.ts';

// The emulator trades on the candles that it shows.
const { fine: _, ...ACCOUNT_FLAGS } = SIMULATION_FLAGS;

export const emulator: Verb = {
  name: 'emulator',
  summary: 'an exchange on this machine: stored candles behind the REST and WebSocket addresses of Binance USDⓈ-M',
  positionals: [],
  flags: {
    symbols: { type: 'list', summary: 'symbols to trade, comma-separated; @all takes every symbol stored at the interval', required: true },
    interval: { type: 'string', summary: 'candle interval, e.g. 5m', required: true },
    from: { type: 'string', summary: 'first candle: 2025, 2025-01, 2025-01-31 or 2025-01-31T12:00Z (default: all there is)' },
    to: { type: 'string', summary: 'last period, inclusive: 2025-03 is all of March' },
    port: { type: 'number', summary: 'port on 127.0.0.1; 0 takes a free one', default: 0 },
    pace: {
      type: 'string',
      summary: 'follow: as fast as the client says that it is done; or a number: so many times faster than the clock',
      default: 'follow',
    },
    patience: { type: 'number', summary: 'with --pace follow: seconds until an unconfirmed account event counts as lost', default: 5 },
    warmup: { type: 'number', summary: 'candles of each symbol that have closed before the start', default: 0 },
    equity: { type: 'string', summary: 'wallet balance at the start in USDT', default: '10000' },
    ...VENUE_FLAGS,
    ...ACCOUNT_FLAGS,
    limits: {
      type: 'string',
      summary: "request limits: the venue's, or none for a client that follows at full speed",
      choices: ['venue', 'none'],
      default: 'venue',
    },
    fault: { type: 'repeat', summary: 'something that goes wrong by chance, as kind=rate, e.g. timeout=0.01; may be repeated' },
    seed: { type: 'number', summary: 'decides what goes wrong when', default: 1 },
  },
  examples: [
    ['emulator --symbols BTCUSDT,ETHUSDT --interval 5m', 'as fast as the client follows'],
    ['emulator --symbols BTCUSDT --interval 1m --pace 60 --fault drop=0.01', 'a minute a second, and sockets that break'],
  ],
  endsOnInterrupt: true,
  load: () => import('../emulator/run.ts'),
};
