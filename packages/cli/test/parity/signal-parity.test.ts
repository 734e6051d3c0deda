import { DEFAULT_VENUE } from '@orrery/core';
import { ict } from '@orrery/strategies';
import { describe, expect, it } from 'vitest';
import { compared, count } from './compare.ts';
import { madeMarket } from './made-market.ts';

/** Small swings and no patience, so that some hundreds of candles hold many signals, moved stops and forced exits. */
const PARAMS = { swingLeft: 1, swingRight: 1, cooldown: 0, minConfidence: 0.2, minReward: 0, breaker: 'bypass', expiryHours: 2 };

describe('parity of a strategy that follows signals', () => {
  it.each([false, true])(
    'with stops that are moved at the venue and positions that are left at market, hedge mode %s',
    async (hedgeMode) => {
      const market = madeMarket(['BTCUSDT', 'ETHUSDT'], 400, 11, 0.004);
      const result = await compared(ict, market, { params: PARAMS, venue: { ...DEFAULT_VENUE, hedgeMode } });
      expect(result.report.differences.filter(({ isVenueFact }) => !isVenueFact)).toEqual([]);
      expect(result).toMatchObject({ differingTrades: [], paper: null, report: { identical: true } });
      const of = (type: string, test: (message: Record<string, unknown>) => boolean = () => true): number =>
        count(result.backtest, (message) => message['type'] === type && test(message));
      expect(of('SignalAccepted')).toBeGreaterThan(20);
      expect(of('SignalRejected')).toBeGreaterThan(20);
      expect(of('VirtualPositionEvent', ({ cause }) => cause === 'breakeven' || cause === 'trailed')).toBeGreaterThan(5);
      expect(of('VirtualPositionEvent', ({ kind }) => kind === 'FORCED_CLOSE')).toBeGreaterThan(5);
      // An exit that replaced another one has no parent and never outlives its position.
      expect(of('SubmitOrder', ({ orderType, parent }) => orderType === 'stop_market' && parent === null)).toBeGreaterThan(3);
    },
  );
});
