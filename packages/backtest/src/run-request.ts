import type { FillPath, StrategyDefinition } from '@orrery/core';

/** One backtest, as asked for; every field has been checked at the edge. */
export interface RunRequest {
  readonly strategy: StrategyDefinition;
  /** As in the result's configuration. */
  readonly strategyHash: string | null;
  /** Parameter values that differ from their defaults. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly symbols: readonly string[];
  readonly interval: string;
  /** Bounds on the candles' open times, ms UTC: from included, to excluded. */
  readonly from: number | null;
  readonly to: number | null;
  /** Goes into the manifest; nothing in a run without sampled latency or fills depends on it. */
  readonly seed: number;
  /** Start equity as a decimal text, USDT. */
  readonly equity: string;
  readonly makerFeeBps: number;
  readonly takerFeeBps: number;
  readonly slippageBps: number;
  readonly fills: FillPath;
  readonly maxLeverage: number;
}

/** What a user who names nothing gets: Binance's regular-user fees (BINANCE USDⓈ-M fee schedule, VIP 0). */
export const DEFAULT_REQUEST: Omit<RunRequest, 'strategy' | 'strategyHash' | 'params' | 'symbols' | 'interval'> = {
  from: null,
  to: null,
  seed: 1,
  equity: '10000',
  makerFeeBps: 2,
  takerFeeBps: 5,
  slippageBps: 0,
  fills: 'pessimistic',
  maxLeverage: 3,
};
