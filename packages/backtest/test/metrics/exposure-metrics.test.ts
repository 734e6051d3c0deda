import { describe, expect, it } from 'vitest';
import { computeMetrics } from '../../src/index.ts';
import { account, threeDays, trade } from './run-fixture.ts';

const SATS = 1e8;

describe('exposure and cost metrics', () => {
  const base = threeDays([trade('1', { quantity: '2', entryPrice: '100', exitPrice: '110' }), trade('1', { exitTime: null })]);
  const series = {
    ...base.series,
    framesInMarket: 1,
    frames: 4,
    curve: {
      ...base.series.curve,
      exposure: [2200 * SATS, 0, 1089 * SATS],
      low: [950 * SATS, 980 * SATS, 990 * SATS],
      high: [1105 * SATS, 1100 * SATS, 1089 * SATS],
    },
  };
  const money = account({ endEquity: '1089', fees: '12.5', funding: '-3', slippage: '1.00000001', liquidations: 2 });
  const metrics = computeMetrics({ ...base, series, account: money });

  it('relates position value to equity', () => {
    expect(metrics['timeInMarket']).toBe(0.25);
    expect(metrics['maxLeverage']).toBe(2);
    expect(metrics['meanLeverage']).toBe(1);
  });

  it('takes extremes from every frame', () => {
    expect([metrics['startEquity'], metrics['endEquity'], metrics['minEquity'], metrics['maxEquity']]).toEqual([1000, 1089, 950, 1105]);
  });

  it('adds entries and exits, of an open trade the entry alone', () => {
    // 2 · 100 + 2 · 110 + 1 · 100 = 520 over mean daily equity (1100 + 990 + 1089) / 3 = 1059.667
    expect(metrics['tradedValue']).toBeCloseTo(520, 10);
    expect(metrics['turnover']).toBeCloseTo(520 / (3179 / 3), 10);
    expect(metrics['turnoverPerDay']).toBeCloseTo(520 / 3179, 10);
    expect(metrics['returnOnTurnover']).toBeCloseTo(89 / 520, 10);
  });

  it('states costs and their share of the start equity', () => {
    expect([metrics['fees'], metrics['funding'], metrics['slippage'], metrics['liquidations']]).toEqual([12.5, -3, 1.00000001, 2]);
    expect(metrics['feesToEquity']).toBeCloseTo(0.0125, 12);
    expect(metrics['fundingToEquity']).toBeCloseTo(-0.003, 12);
  });
});
