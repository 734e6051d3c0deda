import type { SymbolFilters } from '@orrery/core';

/** One closed candle as the venue wrote it: decimal texts, times in ms UTC. */
export interface ClosedCandle {
  readonly symbol: string;
  readonly openTime: number;
  /** Last millisecond of the candle. */
  readonly closeTime: number;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  /** In the base asset. */
  readonly volume: string;
}

/** A settled funding rate as the venue wrote it. */
export interface SettledFunding {
  /** ms UTC, rounded to the hour: the venue's stamps jitter by milliseconds. */
  readonly time: number;
  /** Decimal text; positive is paid by longs. */
  readonly rate: string;
}

/** What a feed tells whoever follows it, in the order of arrival. */
export interface FeedHandlers {
  /** A candle that the venue has closed, once each unless the venue repeats it. */
  readonly onCandle: (candle: ClosedCandle) => void;
  /** After `down`, candles may have been missed: ask for them with `candles`. */
  readonly onConnection: (state: 'up' | 'down') => void;
  /** Newest event time E seen, ms UTC: the venue's clock, not this machine's. */
  readonly onMarketTime: (eventTime: number) => void;
}

/** The venue's market data, live. */
export interface MarketFeed {
  /** Resolves once subscribed. @throws VenueError when the venue refuses the subscription for good. */
  start(handlers: FeedHandlers): Promise<void>;
  /**
   * Closed candles with open time ≥ `fromOpenTime`, ascending, at most `limit`; never the open one: what is closed is told by
   * what follows it and by the venue's clock, not by this machine's.
   */
  candles(symbol: string, fromOpenTime: number, limit: number): Promise<readonly ClosedCandle[]>;
  /** Settled funding rates with time in (after, until], ascending. */
  fundingRates(symbol: string, after: number, until: number): Promise<readonly SettledFunding[]>;
  /** The trading filters of the host that is traded on, in the order asked for. @throws InputError for a symbol it does not list. */
  filters(symbols: readonly string[]): Promise<readonly SymbolFilters[]>;
  /** Closes the connection; nothing is handed over afterwards. */
  stop(): Promise<void>;
}
