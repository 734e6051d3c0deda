import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve } from '../../src/metrics/auc.ts';
import { brierScore, calibrationTable, logLoss } from '../../src/metrics/scores.ts';

describe('area under the ROC curve', () => {
  it('is 0.75 for the example in scikit-learn’s documentation of roc_auc_score', () => {
    expect(areaUnderCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBe(0.75);
  });
  it('counts a tie as half: of 2 × 2 pairs one is won, two are tied, one is won', () => {
    // Wins score 2 and 1, losses 1 and 0: (2,1) (2,0) (1,0) are right, (1,1) is a tie.
    expect(areaUnderCurve([1, 1, 0, 0], [2, 1, 1, 0])).toBe(3.5 / 4);
    expect(areaUnderCurve([1, 0, 1, 0], [5, 5, 5, 5])).toBe(0.5);
  });
  it('does not exist for one class alone', () => {
    expect([areaUnderCurve([1, 1], [1, 2]), areaUnderCurve([0], [1]), areaUnderCurve([], [])]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });
  it('is what counting all pairs gives', () => {
    const sample = fc.record({ label: fc.integer({ min: 0, max: 1 }), score: fc.integer({ min: -4, max: 4 }) });
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 40 }), (samples) => {
        const pairs = samples.flatMap((win) =>
          samples
            .filter(({ label }) => win.label === 1 && label === 0)
            .map((loss) => (win.score > loss.score ? 1 : win.score === loss.score ? 0.5 : 0)),
        );
        const expected = pairs.length === 0 ? Number.NaN : pairs.reduce<number>((sum, one) => sum + one, 0) / pairs.length;
        const actual = areaUnderCurve(
          samples.map(({ label }) => label),
          samples.map(({ score }) => score),
        );
        if (Number.isNaN(expected)) expect(actual).toBeNaN();
        else expect(actual).toBeCloseTo(expected, 12);
      }),
    );
  });
});

describe('scores of probabilities', () => {
  it('Brier is 0.0375 for the example in scikit-learn’s documentation of brier_score_loss', () => {
    expect(brierScore([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3])).toBeCloseTo(0.0375, 15);
  });
  it('log loss is 0.21616 for the example in scikit-learn’s documentation of log_loss', () => {
    expect(logLoss([1, 0, 0, 1], [0.9, 0.1, 0.2, 0.65])).toBeCloseTo(0.21616, 5);
  });
  it('a certain mistake costs much, yet not infinitely much', () => {
    expect(logLoss([1], [0])).toBeCloseTo(15 * Math.LN10, 10);
  });
  it('the table cuts samples in order into bins of equal count', () => {
    expect(calibrationTable([0, 1, 1, 1], [0.1, 0.3, 0.9, 0.7], 2)).toEqual([
      { count: 2, meanProbability: 0.2, winRate: 0.5 },
      { count: 2, meanProbability: 0.8, winRate: 1 },
    ]);
    expect(calibrationTable([1], [0.5])).toEqual([{ count: 1, meanProbability: 0.5, winRate: 1 }]);
  });
});
