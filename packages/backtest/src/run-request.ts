import { DEFAULT_VENUE, type RunConfig, type StrategyDefinition } from '@orrery/core';

/** One backtest, as asked for; every field has been checked at the edge. */
export interface RunRequest extends Omit<RunConfig, 'strategy' | 'params' | 'features'> {
  readonly strategy: StrategyDefinition;
  /** Parameter values that differ from their defaults. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** What a user who names nothing gets: Binance's regular-user fees (BINANCE USDⓈ-M fee schedule, VIP 0). */
export const DEFAULT_REQUEST: Omit<RunRequest, 'strategy' | 'strategyHash' | 'params' | 'symbols' | 'interval'> = {
  models: [],
  from: null,
  to: null,
  seed: 1,
  equity: '10000',
  makerFeeBps: 2,
  takerFeeBps: 5,
  slippageBps: 0,
  fills: 'pessimistic',
  maxLeverage: 3,
  venue: DEFAULT_VENUE,
};
