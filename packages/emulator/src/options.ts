import type { FillPath, Interval, VenueConfig } from '@orrery/core';
import type { Market } from '@orrery/data';
import type { FaultPlan } from './faults/plan.ts';

/** How market time moves. */
export type Pace =
  /**
   * As fast as the client follows: nothing moves until it reports at `POST /emulator/v1/idle` that it has nothing left to do.
   * `patienceMs` is how long a listening client may leave an account event unconfirmed before it counts as lost.
   */
  | { readonly kind: 'follow'; readonly patienceMs: number }
  /** Candles follow the machine's clock, `factor` times as fast. */
  | { readonly kind: 'speed'; readonly factor: number };

/** Request limits, as exchangeInfo states them. */
export interface RequestLimits {
  readonly weightPerMinute: number;
  readonly ordersPerMinute: number;
  readonly ordersPerTenSeconds: number;
}

/** The venue's own limits (GET /fapi/v1/exchangeInfo, rateLimits, 2026-09). */
export const VENUE_LIMITS: RequestLimits = { weightPerMinute: 2400, ordersPerMinute: 1200, ordersPerTenSeconds: 300 };

/** Behaviour that differs over the venue's history, or that it does not promise. */
export interface EmulatorSettings {
  /** Answers of POST and DELETE order carry `avgPrice` and `cumQuote`, as they did before 2026-07-15. Default off. */
  readonly fillPricesInAnswers?: boolean | undefined;
  /** ACCOUNT_UPDATE leaves before the ORDER_TRADE_UPDATE of the same fill. Default off. */
  readonly accountBeforeOrder?: boolean | undefined;
  /** Frames that have closed before the emulator starts: history for a client that warms up. Default 0. */
  readonly warmupFrames?: number | undefined;
  /** Default {@link VENUE_LIMITS}. A client that follows at full speed needs more than the venue grants. */
  readonly limits?: RequestLimits | undefined;
}

/** Told at the moment that something passes the sockets, for whoever measures how long a client takes in between. */
export interface EmulatorWatch {
  /** All messages of the frame that closed at this time (ms UTC) have been handed to the sockets. */
  onFrame(closeTime: number): void;
  /** The head of a request has come in: its method and path. */
  onRequest(name: string): void;
}

/** What an emulated venue is made of. */
export interface EmulatorOptions {
  /** What is traded: candles, funding and filters, by instrument. */
  readonly market: Market;
  /** Interval of the market's candles. */
  readonly interval: Interval;
  readonly apiKey: string;
  readonly secret: string;
  /** Wallet balance at the start: decimal text, USDT. */
  readonly startEquity: string;
  readonly makerFeeBps: number;
  readonly takerFeeBps: number;
  readonly slippageBps: number;
  readonly fills: FillPath;
  /** Margin and position mode, leverage, spread, impact, volume cap, limit fills, latency; the rest is as a backtest's without flags. */
  readonly venue?: Partial<VenueConfig> | undefined;
  readonly pace: Pace;
  /** TCP port on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number | undefined;
  readonly faults?: FaultPlan | undefined;
  /** Seed of what the fault plan draws. Default 1. */
  readonly seed?: number | undefined;
  /** Seed of what sampled latency draws. Default: `seed`. */
  readonly venueSeed?: number | undefined;
  readonly settings?: EmulatorSettings | undefined;
  readonly watch?: EmulatorWatch | undefined;
}
