import { describe, expect, it } from 'vitest';
import { normalCdf } from '../../src/metrics/normal-distribution.ts';
import { probabilisticSharpe } from '../../src/metrics/probabilistic-sharpe.ts';

describe('normalCdf', () => {
  // Abramowitz & Stegun, Handbook of Mathematical Functions, table 26.1 (15 decimals)
  it.each([
    [0, 0.5],
    [0.5, 0.691462461274013],
    [1, 0.841344746068543],
    [1.96, 0.97500210485178],
    [2, 0.977249868051821],
    [3, 0.99865010196837],
    [-1, 0.158655253931457],
  ])('is the tabulated probability at %d', (x, probability) => {
    expect(normalCdf(x)).toBeCloseTo(probability, 13);
  });

  it('joins its two branches and reaches its ends', () => {
    // a step of 1e-7 changes the tail by about 7.07e-7 of itself
    expect(normalCdf(-7.0710678) / normalCdf(-7.0710677)).toBeCloseTo(1, 5);
    // Φ(−10) = 7.61985302416053e-24
    expect(normalCdf(-10) / 7.61985302416053e-24).toBeCloseTo(1, 7);
    expect([normalCdf(-50), normalCdf(50)]).toEqual([0, 1]);
  });
});

describe('probabilisticSharpe', () => {
  // Bailey & López de Prado (2012), the track record of 24 months: Sharpe 0.458, skewness −2.448, kurtosis 10.164
  const record = { sharpe: 0.458, observations: 24, threshold: 0 };

  it('is 0.982 when the returns are taken for normal', () => {
    expect(probabilisticSharpe({ ...record, skewness: 0, kurtosis: 3 })).toBeCloseTo(0.982, 3);
  });

  it('is 0.913 once skewness and fat tails are admitted', () => {
    expect(probabilisticSharpe({ ...record, skewness: -2.448, kurtosis: 10.164 })).toBeCloseTo(0.913, 3);
  });

  it('is undefined where the estimate has no positive variance', () => {
    expect(probabilisticSharpe({ ...record, sharpe: 1, skewness: 2, kurtosis: 3 })).toBeNull();
    expect(probabilisticSharpe({ ...record, observations: 1, skewness: 0, kurtosis: 3 })).toBeNull();
  });
});
