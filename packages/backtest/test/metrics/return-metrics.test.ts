import { describe, expect, it } from 'vitest';
import { computeMetrics } from '../../src/index.ts';
import { account, dailySeries, threeDays } from './run-fixture.ts';

describe('return metrics of +10 %, −10 %, +10 %', () => {
  const metrics = computeMetrics(threeDays());

  it('states growth', () => {
    expect(metrics['netProfit']).toBe(89);
    expect(metrics['totalReturn']).toBeCloseTo(0.089, 12);
    expect(metrics['days']).toBe(3);
    // 365/3 = 121.67 periods of 8.9 %: exp(121.6667 · ln 1.089) with ln 1.089 = 0.0852598
    expect(Math.log(1 + (metrics['cagr'] ?? 0))).toBeCloseTo(121.66666667 * 0.08525984, 5);
  });

  it('annualises by 365 days', () => {
    // mean 1/30; squared deviations 1/225, 4/225, 1/225 sum to 6/225, so the sample variance is 3/225
    expect(metrics['annualReturn']).toBeCloseTo(365 / 30, 10);
    expect(metrics['annualVolatility']).toBeCloseTo(Math.sqrt((3 / 225) * 365), 10);
    expect(metrics['sharpe']).toBeCloseTo(Math.sqrt(109_500) / 60, 10);
  });

  it('measures the downside against zero over all days', () => {
    // one −0.1 in three days: deviation √(0.01 / 3); ratio (1/30) / √(0.01/3) = 1/√3
    expect(metrics['sortino']).toBeCloseTo(Math.sqrt(365 / 3), 10);
    expect(metrics['omega']).toBeCloseTo(2, 10);
  });

  it('gives the shape of a two-point distribution with p = 2/3', () => {
    // skewness (1 − 2p) / √(pq) = −1/√2, excess kurtosis (1 − 6pq) / pq = −1.5
    expect(metrics['skewness']).toBeCloseTo(-Math.SQRT1_2, 10);
    expect(metrics['kurtosis']).toBeCloseTo(-1.5, 10);
  });

  it('counts days', () => {
    expect([metrics['winningDays'], metrics['drawDays'], metrics['losingDays']]).toEqual([2, 0, 1]);
    expect(metrics['bestDay']).toBeCloseTo(0.1, 12);
    expect(metrics['worstDay']).toBeCloseTo(-0.1, 12);
    expect(metrics['averageWinningDay']).toBeCloseTo(0.1, 12);
    expect(metrics['averageLosingDay']).toBeCloseTo(-0.1, 12);
  });
});

describe('undefined return metrics', () => {
  it('leaves all daily figures undefined for a run of one day', () => {
    const metrics = computeMetrics({ series: dailySeries([1100], [1.1]), trades: [], account: account({ endEquity: '1100' }) });
    expect(metrics['totalReturn']).toBeCloseTo(0.1, 12);
    for (const id of ['cagr', 'annualReturn', 'sharpe', 'sortino', 'omega', 'bestDay', 'winningDays', 'ulcerIndex', 'beta']) {
      expect(metrics[id], id).toBeNull();
    }
  });

  it('has no Sharpe ratio where nothing moves, though rounding leaves a trace of deviation', () => {
    const steady = [1100, 1210, 1331, 1464.1, 1610.51];
    const metrics = computeMetrics({
      series: dailySeries(steady, [1, 1, 1, 1, 1]),
      trades: [],
      account: account({ endEquity: '1610.51' }),
    });
    expect(metrics['annualReturn']).toBeCloseTo(36.5, 8);
    expect(metrics['sharpe']).toBeNull();
    expect(metrics['omega']).toBeNull();
    expect(metrics['skewness']).toBeNull();
  });

  it('has no daily returns once equity is gone', () => {
    const metrics = computeMetrics({ series: dailySeries([500, 0, 100], [1, 1, 1]), trades: [], account: account({ endEquity: '100' }) });
    expect(metrics['totalReturn']).toBeCloseTo(-0.9, 12);
    expect(metrics['sharpe']).toBeNull();
    expect(metrics['worstDay']).toBeNull();
  });
});
