import { describe, expect, it } from 'vitest';
import { computeMetrics } from '../../src/index.ts';
import { account, dailySeries, endOfDay, threeDays } from './run-fixture.ts';

describe('benchmark metrics', () => {
  it('finds a run of twice the market: beta 2, no alpha, full correlation', () => {
    const metrics = computeMetrics(threeDays());
    expect(metrics['benchmarkReturn']).toBeCloseTo(0.047375, 12);
    expect(metrics['excessReturn']).toBeCloseTo(0.089 - 0.047375, 12);
    expect(metrics['beta']).toBeCloseTo(2, 10);
    expect(metrics['alpha']).toBeCloseTo(0, 8);
    expect(metrics['correlation']).toBeCloseTo(1, 10);
    // r − b = +5 %, −5 %, +5 %: mean 1/60, sample deviation √(3/225)/2
    expect(metrics['trackingError']).toBeCloseTo(Math.sqrt((3 / 225) * 365) / 2, 10);
    expect(metrics['informationRatio']).toBeCloseTo(Math.sqrt(109_500) / 60, 8);
    expect(metrics['treynor']).toBeCloseTo(365 / 60, 8);
  });

  it('has no beta where the market stands still', () => {
    const metrics = computeMetrics({ ...threeDays(), series: dailySeries([1100, 990, 1089], [1, 1, 1]) });
    expect(metrics['benchmarkReturn']).toBe(0);
    for (const id of ['beta', 'alpha', 'treynor', 'correlation']) expect(metrics[id], id).toBeNull();
    expect(metrics['trackingError']).toBeCloseTo(Math.sqrt((3 / 225) * 365), 10);
  });

  it('has a beta of zero, not an undefined one, for a run that never trades', () => {
    const metrics = computeMetrics({ series: dailySeries([1000, 1000, 1000], [1.1, 1.2, 1.1]), trades: [], account: account() });
    expect(metrics['beta']).toBe(0);
    expect(metrics['treynor']).toBeNull();
  });

  it('compares nothing when the curve is coarser than a day', () => {
    const input = threeDays();
    const time = [endOfDay(0), endOfDay(4), endOfDay(8)];
    const metrics = computeMetrics({ ...input, series: { ...input.series, curve: { ...input.series.curve, time } } });
    expect(metrics['beta']).toBeNull();
    expect(metrics['benchmarkReturn']).toBeCloseTo(0.047375, 12);
  });
});
