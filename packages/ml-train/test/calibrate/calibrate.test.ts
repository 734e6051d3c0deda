import fc from 'fast-check';
import { probability } from '@orrery/models';
import { describe, expect, it } from 'vitest';
import { fitCalibration } from '../../src/calibrate/fit-calibration.ts';
import { fitIsotonic } from '../../src/calibrate/isotonic.ts';
import { fitPlatt } from '../../src/calibrate/platt.ts';

const logit = (p: number): number => Math.log(p / (1 - p));

describe('Platt scaling', () => {
  it('meets the mean targets exactly where there are two margins', () => {
    // 8 samples, 4 wins: targets 5/6 and 1/6. At margin −1 one of four wins, mean 1/3; at 1 three of four, mean 2/3.
    const { a, b } = fitPlatt([-1, -1, -1, -1, 1, 1, 1, 1], [1, 0, 0, 0, 1, 1, 1, 0]);
    expect(a).toBeCloseTo(logit(2 / 3), 6);
    expect(b).toBeCloseTo(0, 6);
  });
  it('moves the line where wins are rarer than the margin says', () => {
    // 10 samples, 2 wins: targets 3/4 and 1/10. At 0 none of five, 1/10; at 2 two of five, 0.4·0.75 + 0.6·0.1 = 0.36.
    const { a, b } = fitPlatt([0, 0, 0, 0, 0, 2, 2, 2, 2, 2], [0, 0, 0, 0, 0, 1, 1, 0, 0, 0]);
    expect(b).toBeCloseTo(logit(0.1), 5);
    expect(2 * a + b).toBeCloseTo(logit(0.36), 5);
  });
  it('stays finite for samples that a margin separates, and for huge margins', () => {
    const { a, b } = fitPlatt([-900, -800, 800, 900], [0, 0, 1, 1]);
    expect([Number.isFinite(a), Number.isFinite(b), a > 0]).toEqual([true, true, true]);
  });
  it('keeps the mean of the probabilities at the mean of the targets', () => {
    const sample = fc.record({ margin: fc.integer({ min: -30, max: 30 }), label: fc.integer({ min: 0, max: 1 }) });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 4, maxLength: 40 }), (samples) => {
        const margins = samples.map(({ margin }) => margin / 10);
        const labels = samples.map(({ label }) => label);
        const wins = labels.reduce((sum, label) => sum + label, 0);
        const mean = (wins * ((wins + 1) / (wins + 2)) + (labels.length - wins) / (labels.length - wins + 2)) / labels.length;
        const fitted = fitCalibration('platt', margins, labels);
        const got = margins.reduce((sum, margin) => sum + probability(margin, fitted), 0) / margins.length;
        expect(got).toBeCloseTo(mean, 5);
      }),
    );
  });
});

describe('isotonic regression', () => {
  it('pools the two in the middle that fall', () => {
    expect(fitIsotonic([1, 2, 3, 4], [0, 1, 0, 1])).toEqual({ x: [1, 2, 3, 4], y: [0, 0.5, 0.5, 1] });
  });
  it('takes equal margins as one point', () => {
    expect(fitIsotonic([1, 1, 1, 5], [0, 1, 1, 1])).toEqual({ x: [1, 5], y: [2 / 3, 1] });
  });
  it('pools backwards as far as it has to', () => {
    // 1 | 0 → 1/2; then 0 → 1/3; then 1 stays.
    expect(fitIsotonic([1, 2, 3, 4], [1, 0, 0, 1])).toEqual({ x: [1, 3, 4], y: [1 / 3, 1 / 3, 1] });
  });
  it('rises, and no rising function of the same steps is nearer', () => {
    const sample = fc.record({ margin: fc.integer({ min: 0, max: 6 }), label: fc.integer({ min: 0, max: 1 }) });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 12 }), (samples) => {
        const margins = samples.map(({ margin }) => margin);
        const labels = samples.map(({ label }) => label);
        const fitted = fitCalibration('isotonic', margins, labels);
        const best = minMax(margins, labels);
        for (const margin of margins) expect(probability(margin, fitted)).toBeCloseTo(best.get(margin)!, 12);
        for (let m = 0; m < 6; m += 0.25) expect(probability(m + 0.25, fitted)).toBeGreaterThanOrEqual(probability(m, fitted));
      }),
    );
  });
});

/** The max-min formula of isotonic regression (Barlow et al., 1972): max over starts of the min over ends of the mean between. */
function minMax(margins: readonly number[], labels: readonly number[]): Map<number, number> {
  const points = [...new Set(margins)].toSorted((a, b) => a - b);
  const mean = (from: number, to: number): number => {
    const inside = labels.filter((_, k) => margins[k] >= from && margins[k] <= to);
    return inside.reduce((sum, label) => sum + label, 0) / inside.length;
  };
  return new Map(
    points.map((at) => [
      at,
      Math.max(
        ...points.filter((from) => from <= at).map((from) => Math.min(...points.filter((to) => to >= at).map((to) => mean(from, to)))),
      ),
    ]),
  );
}
