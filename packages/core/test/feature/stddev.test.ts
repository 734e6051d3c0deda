import { describe, expect, it } from 'vitest';
import { closes, column, tapeOf } from './market.ts';

/**
 * The univariate NumAcc sets of the NIST Statistical Reference Datasets, made to expose cancellation. NIST certifies the
 * sample deviation (division by n − 1): 1 for the first, 0.1 for the others; that of the population is √((n−1)/n) times it.
 */
describe('NIST StRD', () => {
  const around = (middle: number): number[] => [
    middle,
    ...Array.from({ length: 1000 }, (_, k) => Number((middle + (k % 2 === 0 ? -0.1 : 0.1)).toFixed(1))),
  ];
  it.each([
    ['NumAcc1', [10_000_001, 10_000_003, 10_000_002], 1, 1e-14],
    ['NumAcc2', around(1.2), 0.1, 1e-13],
    // From here on the decimals themselves are off by about the last bit of the level over the deviation.
    ['NumAcc3', around(1_000_000.2), 0.1, 1e-9],
    ['NumAcc4', around(10_000_000.2), 0.1, 1e-8],
  ])('%s', (_, values, certified, tolerance) => {
    const n = values.length;
    // Three rounds of the set: every window of n rows holds each of its values once, wherever it begins.
    const deviations = column(`stddev(close,${n})`, tapeOf(closes([...values, ...values, ...values])));
    const expected = certified * Math.sqrt((n - 1) / n);
    for (const value of deviations.slice(n - 1)) expect(Math.abs(value / expected - 1)).toBeLessThan(tolerance);
  });
});

describe('standard deviation', () => {
  it('is that of a 0.1 step at a price of 100,000, before and after a price a million times as high', () => {
    const prices = Array.from({ length: 100 }, (_, k) => (k === 40 ? 1e11 : 100_000 + (k % 2) * 0.1));
    const deviations = column('stddev(close,10)', tapeOf(closes(prices)));
    // Half of the values lie 0.05 below the mean, half above.
    for (const row of [9, 20, 39, 50, 51, 60, 99]) expect(deviations[row]).toBeCloseTo(0.05, 10);
    // One value out of ten: deviation 3/10 of its distance to the others.
    expect(deviations[45] / (0.3 * (1e11 - 100_000))).toBeCloseTo(1, 9);
  });
});
