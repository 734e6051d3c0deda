import { describe, expect, it } from 'vitest';
import { computeMetrics } from '../../src/index.ts';
import { drawdownEpisodes } from '../../src/metrics/drawdown-episodes.ts';
import { account, dailySeries, DAY, endOfDay, FIRST_DAY, threeDays } from './run-fixture.ts';

describe('drawdown metrics', () => {
  it('measures the fall of 1100 to 990 that is not recovered', () => {
    const metrics = computeMetrics(threeDays());
    expect(metrics['maxDrawdown']).toBeCloseTo(0.1, 12);
    expect(metrics['maxDrawdownAmount']).toBe(110);
    expect(metrics['maxDrawdownDuration']).toBeCloseTo(1, 12);
    expect(metrics['maxDrawdownRecovery']).toBeNull();
    expect(metrics['averageDrawdown']).toBeCloseTo(0.1, 12);
    // from the end of day 0 to the end of the run
    expect(metrics['longestDrawdown']).toBeCloseTo(2, 12);
    expect(metrics['timeUnderWater']).toBeCloseTo(2 / 3, 12);
    // daily falls 0, 110/1100, 11/1100
    expect(metrics['ulcerIndex']).toBeCloseTo(Math.sqrt((0.01 + 0.0001) / 3), 12);
    expect((metrics['calmar'] ?? 0) / (metrics['cagr'] ?? 0)).toBeCloseTo(10, 10);
  });

  it('works out the serenity ratio from the worst twentieth of the days', () => {
    const metrics = computeMetrics(threeDays());
    // 5 % of three days is the single deepest, 0.1; volatility √(365 · 3/225); ulcer √(0.0101/3); mean return 365/30
    const pitfall = 0.1 / Math.sqrt((365 * 3) / 225);
    expect(metrics['serenity']).toBeCloseTo(365 / 30 / (Math.sqrt(0.0101 / 3) * pitfall), 6);
  });

  it('times the recovery from the trough', () => {
    const series = dailySeries([1100, 880, 990, 1100, 1210], [1, 1, 1, 1, 1]);
    const metrics = computeMetrics({ series, trades: [], account: account({ endEquity: '1210' }) });
    expect(metrics['maxDrawdown']).toBeCloseTo(0.2, 12);
    expect(metrics['maxDrawdownDuration']).toBeCloseTo(1, 12);
    expect(metrics['maxDrawdownRecovery']).toBeCloseTo(2, 12);
    expect(metrics['longestDrawdown']).toBeCloseTo(3, 12);
  });

  it('does not take the peak inside the trough’s own bucket for a recovery', () => {
    const base = dailySeries([1000, 1000, 900], [1, 1, 1]);
    const sats = 1e8;
    const series = {
      ...base,
      curve: { ...base.curve, high: [1000 * sats, 1200 * sats, 950 * sats], low: [1000 * sats, 800 * sats, 900 * sats] },
      maxDrawdown: { amount: 400 * sats, peak: 1200 * sats, peakTime: endOfDay(0) + 1000, troughTime: endOfDay(1) - 1000 },
    };
    expect(computeMetrics({ series, trades: [], account: account({ endEquity: '900' }) })['maxDrawdownRecovery']).toBeNull();
  });

  it('has a drawdown of zero and no duration when equity only rises', () => {
    const metrics = computeMetrics({ series: dailySeries([1100, 1200], [1, 1]), trades: [], account: account({ endEquity: '1200' }) });
    expect(metrics['maxDrawdown']).toBe(0);
    expect(metrics['maxDrawdownDuration']).toBeNull();
    expect(metrics['averageDrawdown']).toBeNull();
    expect(metrics['calmar']).toBeNull();
    expect(metrics['timeUnderWater']).toBe(0);
  });
});

describe('drawdownEpisodes', () => {
  it('splits the curve at each return to the peak', () => {
    const equity = [100, 90, 100, 110, 88, 99];
    const time = equity.map((_, i) => FIRST_DAY + i * DAY);
    expect(drawdownEpisodes({ time, equity, low: equity, high: equity }, 100)).toEqual([
      { peakTime: time[0], recoveryTime: time[2], depth: 0.1 },
      { peakTime: time[3], recoveryTime: null, depth: 0.2 },
    ]);
  });

  it('sees the low inside a bucket that ends at its high', () => {
    const curve = { time: [1, 2], equity: [100, 105], low: [100, 75], high: [100, 105] };
    expect(drawdownEpisodes(curve, 100)).toEqual([{ peakTime: 1, recoveryTime: 2, depth: 0.25 }]);
  });
});
