import { describe, expect, it } from 'vitest';
import { curveData } from '../../src/data/curve-data.ts';
import { profitBridge } from '../../src/data/profit-bridge.ts';
import { groupTrades, totals } from '../../src/data/trade-groups.ts';
import { sampleRun } from '../sample-run.ts';

const account = {
  startEquity: '1000',
  endEquity: '1085.5',
  fees: '12',
  funding: '-2.5',
  slippage: '4',
  realizedPnl: '90',
  unrealizedPnl: '10',
  liquidations: 0,
  liquidationFees: '0',
  absorbed: '0',
};

describe('profitBridge', () => {
  it('leads from gross over costs to net: 104 − 4 − 12 − 2.5 = 85.5', () => {
    expect(profitBridge(account)).toEqual({
      gross: 104e8,
      slippage: -4e8,
      fees: -12e8,
      funding: -2.5e8,
      liquidationFees: 0,
      absorbed: 0,
      net: 85.5e8,
      unexplained: 0,
    });
  });

  it('shows what does not add up, to the sat', () => {
    expect(profitBridge({ ...account, endEquity: '1085.50000001' }).unexplained).toBe(1);
  });
});

describe('groupTrades', () => {
  const { result } = sampleRun({ seed: 5, symbols: ['AUSDT', 'BUSDT'], days: 20, intervalMinutes: 60 });

  it('splits the account without a remainder', () => {
    const groups = groupTrades(result.trades, (trade) => trade.symbol);
    const whole = totals('All', result.trades);
    for (const key of ['trades', 'open', 'longs', 'shorts', 'wins', 'pnl', 'fees', 'funding'] as const) {
      expect(
        groups.reduce((sum, group) => sum + group[key], 0),
        key,
      ).toBe(whole[key]);
    }
    expect(whole.pnl).toBe(profitBridge(result.account).net);
  });

  it('lists a symbol that never traded', () => {
    const groups = groupTrades([], (trade) => trade.symbol, ['AUSDT']);
    expect(groups).toMatchObject([{ name: 'AUSDT', trades: 0, pnl: 0, profitFactor: null, best: null, averageHoldingMs: null }]);
  });
});

describe('curveData', () => {
  it('draws each bucket’s low against the highest before it', () => {
    const { result, series } = sampleRun({ seed: 5, symbols: ['AUSDT'], days: 2, intervalMinutes: 60 });
    const time = [1_000, 2_000, 3_000];
    const curve = {
      time,
      equity: [11e11, 10e11, 12e11],
      low: [9e11, 10e11, 10.45e11],
      high: [11e11, 11e11, 12e11],
      exposure: [5.5e11, 0, 24e11],
      marginRatio: [0.0123456789, 0, 0.9],
      liquidationDistance: [0.87654321, null, 0.01],
    };
    const data = curveData(result, { ...series, curve, benchmark: [1, 1.5, 0.5] });
    // start 10,000 USDT = 10e11 sats: 9/10 − 1, 10/11 − 1, 10.45/11 − 1
    expect(data.drawdown).toEqual([-0.1, -0.090909, -0.05]);
    expect(data.leverage).toEqual([0.5, 0, 2]);
    expect(data.exposure).toEqual(curve.exposure);
    expect(data.marginRatio).toEqual([0.012346, 0, 0.9]);
    expect(data.liquidationDistance).toEqual([0.876543, null, 0.01]);
    expect(data.benchmark).toEqual([10e11, 15e11, 5e11]);
    expect(data.time).toEqual([1, 2, 3]);
  });

  it('leaves empty what nothing was held for, and what an old run did not record', () => {
    const { result, series } = sampleRun({ seed: 5, symbols: ['AUSDT'], days: 2, intervalMinutes: 60 });
    const none = series.curve.time.map(() => 0);
    const idle = { ...series.curve, exposure: none, marginRatio: none, liquidationDistance: none.map(() => null) };
    expect(curveData(result, { ...series, curve: idle })).toMatchObject({
      exposure: [],
      leverage: [],
      marginRatio: [],
      liquidationDistance: [],
    });
    const old = { ...series.curve, marginRatio: [], liquidationDistance: [] };
    const data = curveData(result, { ...series, curve: old });
    expect([data.exposure.length, data.marginRatio, data.liquidationDistance]).toEqual([48, [], []]);
  });
});
