import { DEFAULT_REQUEST } from '@orrery/backtest';
import { SAMPLE } from '@orrery/data';
import type { LiveMode, SessionRecord } from '@orrery/live';

/** A run's beginning with the account of a backtest that names nothing. */
export function sessionOf(strategy: string, mode: LiveMode, symbols: readonly string[], filters: SessionRecord['filters']): SessionRecord {
  const { equity, makerFeeBps, takerFeeBps, slippageBps, fills, maxLeverage, seed, venue } = DEFAULT_REQUEST;
  return {
    schema: 'orrery.live/1',
    runId: `${strategy}-${mode}`,
    mode,
    strategy: { id: strategy, file: null, hash: '' },
    params: {},
    models: [],
    symbols,
    interval: '5m',
    filters,
    account: { equity, makerFeeBps, takerFeeBps, slippageBps, fills, maxLeverage, seed, venue },
    sessionTag: 'test',
    history: 0,
    promotion: 'none',
    startedAt: SAMPLE.from,
    versions: {},
  };
}
