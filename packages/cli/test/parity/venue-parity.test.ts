import { DEFAULT_VENUE, type VenueConfig } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { compared, count } from './compare.ts';
import { madeMarket } from './made-market.ts';
import {
  bracketAtLimit,
  bracketAtMarket,
  closeSide,
  closeWhole,
  gamble,
  goFlat,
  immediate,
  openSide,
  protectSide,
  restAndAmend,
  stopLimit,
  takeProfitLimit,
  trail,
  wait,
  whimsical,
} from './whims.ts';

const venue = (change: Partial<VenueConfig>): { venue: VenueConfig } => ({ venue: { ...DEFAULT_VENUE, ...change } });
const same = { differingTrades: [], paper: null };
const orders =
  (type: string) =>
  (message: Record<string, unknown>): boolean =>
    message['type'] === 'SubmitOrder' && message['orderType'] === type;

describe('parity of a backtest, a paper run and the live adapter', () => {
  it.each(['pessimistic', 'heuristic', 'optimistic'] as const)(
    'with brackets whose exits fall into the entry’s candle, %s',
    async (fills) => {
      const strategy = whimsical('brackets', 1, [bracketAtMarket, bracketAtLimit, bracketAtLimit, wait]);
      const result = await compared(strategy, madeMarket(['BTCUSDT', 'ETHUSDT'], 150, 1), { fills, slippageBps: 1 });
      expect(result.report.differences.filter(({ isVenueFact }) => !isVenueFact)).toEqual([]);
      expect(result).toMatchObject({ ...same, report: { identical: true } });
      expect(count(result.backtest, ({ type }) => type === 'OrderFilled')).toBeGreaterThan(60);
    },
  );

  it('with stop-limits, trailing stops, whole-position exits and take-profits', async () => {
    const strategy = whimsical('triggers', 1, [bracketAtMarket, stopLimit, stopLimit, takeProfitLimit, trail, closeWhole, goFlat, wait]);
    const result = await compared(strategy, madeMarket(['BTCUSDT', 'ETHUSDT'], 250, 2), { slippageBps: 1 });
    expect(result.report.differences.filter(({ isVenueFact }) => !isVenueFact)).toEqual([]);
    expect(result).toMatchObject({ ...same, report: { identical: true } });
    for (const type of ['stop', 'trailing_stop_market', 'take_profit', 'stop_market'])
      expect(count(result.backtest, orders(type))).toBeGreaterThan(3);
  });

  it('with amendments, immediate and post-only orders', async () => {
    const strategy = whimsical('limits', 1, [restAndAmend, restAndAmend, immediate, goFlat]);
    const result = await compared(strategy, madeMarket(['BTCUSDT'], 250, 3), {});
    expect(result.report.differences.filter(({ isVenueFact }) => !isVenueFact)).toEqual([]);
    expect(result).toMatchObject({ ...same, report: { identical: true } });
    expect(count(result.backtest, ({ type }) => type === 'OrderAmended')).toBeGreaterThan(3);
  });

  it.each(['cross', 'isolated'] as const)('through liquidations, %s', async (marginMode) => {
    const strategy = whimsical('gambler', 45, [gamble, gamble, gamble, takeProfitLimit, trail, bracketAtLimit, goFlat]);
    const market = madeMarket(['BTCUSDT', 'ETHUSDT'], 200, 8, 0.02);
    const result = await compared(strategy, market, { ...venue({ marginMode, leverage: 50 }), maxLeverage: 50 });
    expect(count(result.backtest, ({ type }) => type === 'PositionLiquidated')).toBeGreaterThan(0);
    expect(count(result.backtest, ({ type, reason }) => type === 'OrderCanceled' && reason === 'liquidation')).toBeGreaterThan(0);
    expect(result.report.differences.filter(({ isVenueFact }) => !isVenueFact)).toEqual([]);
    expect(result).toMatchObject({ ...same, report: { identical: true } });
  });

  it('in hedge mode, a long and a short side by side', async () => {
    const strategy = whimsical('both ways', 1, [openSide, openSide, closeSide, protectSide]);
    const result = await compared(strategy, madeMarket(['BTCUSDT', 'ETHUSDT'], 150, 6), venue({ hedgeMode: true }));
    expect(result.report.differences.filter(({ isVenueFact }) => !isVenueFact)).toEqual([]);
    expect(result).toMatchObject({ ...same, report: { identical: true } });
    expect(count(result.backtest, ({ type }) => type === 'OrderFilled')).toBeGreaterThan(40);
  });

  it('with a latency, the same for all orders', async () => {
    const strategy = whimsical('late', 1, [gamble, gamble, goFlat]);
    const result = await compared(strategy, madeMarket(['BTCUSDT'], 150, 8), venue({ latencyMs: [2000, 2000] }));
    expect(result.report.differences.filter(({ isVenueFact }) => !isVenueFact)).toEqual([]);
    expect(result).toMatchObject({ ...same, report: { identical: true } });
  });

  it('with partial fills, spread and impact', async () => {
    const strategy = whimsical('parts', 2, [bracketAtMarket, bracketAtLimit, immediate, wait]);
    const change = { ...venue({ maxVolumeShare: 0.0005, spreadBps: 1, impactBps: 20, limitFill: 'touch' }) };
    const result = await compared(strategy, madeMarket(['BTCUSDT'], 200, 5), change);
    expect(result.report.differences.filter(({ isVenueFact }) => !isVenueFact)).toEqual([]);
    expect(result).toMatchObject({ ...same, report: { identical: true } });
    expect(count(result.backtest, ({ type, isDone }) => type === 'OrderFilled' && isDone === false)).toBeGreaterThan(3);
  });
});
