import type { Interval } from '@orrery/core';
import type { Keys } from '@orrery/data';
import type { ExecutionGateway, GatewayOptions } from '../gateway/execution-gateway.ts';
import type { MarketFeed } from '../feed/market-feed.ts';

/** Where the venue is reached: `rest` such as `https://fapi.binance.com`, `stream` such as `wss://fstream.binance.com`. */
export interface VenueUrls {
  readonly rest: string;
  readonly stream: string;
}

/** How Binance USDⓈ-M is reached. */
export interface BinanceOptions {
  /** Symbols to follow, as the venue writes them: `BTCUSDT`. */
  readonly symbols: readonly string[];
  /** Candles to follow. */
  readonly interval: Interval;
  /** Default: the main venue. */
  readonly urls?: VenueUrls | undefined;
  /** Absent: market data only, a gateway cannot be made. */
  readonly keys?: Keys | undefined;
  /** How old a request may be when the venue accepts it, ms, 100 to 60000; default 5000. */
  readonly recvWindow?: number | undefined;
  /** Longest wait for an answer, ms; default 10000. */
  readonly timeoutMs?: number | undefined;
  /** A market connection without any message for this long is closed and dialled anew, ms; default 60000. */
  readonly silenceMs?: number | undefined;
  /** How often the venue's clock is asked for, ms; default 900000. */
  readonly timeSyncMs?: number | undefined;
  /** Pauses between tries double from the first to the longest, ms; default 1000 to 30000. */
  readonly backoff?: { readonly firstMs: number; readonly longestMs: number } | undefined;
  /** Request weight a minute from which on everything but orders waits for the next minute; default 1920 of the venue's 2400. */
  readonly weightLimit?: number | undefined;
  /** How often the user stream's key is extended, ms; default 1200000, it lives for 3600000. */
  readonly listenKeyRefreshMs?: number | undefined;
  /** Where TRADING_ENABLED is looked up; default: the process's environment. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** One connection to the venue: its market data, and one session's orders. */
export interface Binance {
  readonly feed: MarketFeed;
  /** @throws InputError without keys, or for a session tag that is none. */
  gateway(options: GatewayOptions): ExecutionGateway;
  /** Stops both; nothing of it keeps the process alive afterwards. */
  close(): Promise<void>;
}
