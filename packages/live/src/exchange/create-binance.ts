import { InputError } from '@orrery/data';
import { BinanceFeed } from '../feed/binance-feed.ts';
import { BinanceGateway } from '../gateway/binance-gateway.ts';
import type { GatewayOptions } from '../gateway/execution-gateway.ts';
import { createExchange } from './binance-exchange.ts';
import type { Binance, BinanceOptions } from './binance-options.ts';
import { BinanceRest } from './binance-rest.ts';
import { RequestBudget } from './request-budget.ts';

const DEFAULTS = {
  recvWindow: 5000,
  timeoutMs: 10_000,
  silenceMs: 60_000,
  timeSyncMs: 900_000,
  listenKeyRefreshMs: 1_200_000,
  weightLimit: 1920,
  backoff: { firstMs: 1000, longestMs: 30_000 },
} as const;
const STREAM_URL = 'wss://fstream.binance.com';

/**
 * Opens Binance USDⓈ-M. ccxt is loaded here and not before.
 * @throws InputError for an option out of range
 */
export async function createBinance(options: BinanceOptions): Promise<Binance> {
  const { symbols, interval, urls, keys } = options;
  const recvWindow = within('recvWindow', options.recvWindow ?? DEFAULTS.recvWindow, 100, 60_000);
  const timeoutMs = within('timeoutMs', options.timeoutMs ?? DEFAULTS.timeoutMs, 1, 120_000);
  const backoff = options.backoff ?? DEFAULTS.backoff;
  const streamUrl = (urls?.stream ?? STREAM_URL).replace(/\/+$/, '');
  const ended = new AbortController();
  const gateways: BinanceGateway[] = [];
  const exchange = await createExchange(
    { urls, keys, recvWindow, timeoutMs },
    {
      onMessage: (client, message) => {
        if (!feed.takes(client, message)) gateways.some((gateway) => gateway.takes(client, message));
      },
      onWeight: (used) => budget.observe(used),
    },
  );
  const budget = new RequestBudget(options.weightLimit ?? DEFAULTS.weightLimit, () => rest.now());
  const rest: BinanceRest = new BinanceRest(exchange, { timeoutMs, backoff, budget, signal: ended.signal });
  const silenceMs = options.silenceMs ?? DEFAULTS.silenceMs;
  const feed: BinanceFeed = new BinanceFeed({ exchange, rest, symbols, interval, streamUrl, backoff, silenceMs });
  // A failed look at the clock is made up for by the next one, or by the first refused time stamp.
  const clock = setInterval(() => void rest.syncTime().catch(() => {}), options.timeSyncMs ?? DEFAULTS.timeSyncMs);
  clock.unref();
  return {
    feed,
    gateway(gatewayOptions: GatewayOptions) {
      if (keys === undefined) throw new InputError('orders need keys: set BINANCE_API_KEY and BINANCE_API_SECRET, or give --keys FILE');
      const gateway = new BinanceGateway(gatewayOptions, {
        exchange,
        rest,
        streamUrl,
        backoff,
        recvWindow,
        listenKeyRefreshMs: options.listenKeyRefreshMs ?? DEFAULTS.listenKeyRefreshMs,
        env: options.env ?? process.env,
      });
      gateways.push(gateway);
      return gateway;
    },
    async close() {
      ended.abort();
      clearInterval(clock);
      await Promise.all([feed.stop(), ...gateways.map((gateway) => gateway.stop())]);
      await exchange.close();
    },
  };
}

function within(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new InputError(`${name} ${value} must be a whole number from ${least} to ${most}`);
}
