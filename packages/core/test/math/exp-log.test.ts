import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, log } from '../../src/index.ts';

/** Distance of two finite doubles of one sign in units of the last place of the larger. */
function ulps(a: number, b: number): number {
  if (a === b) return 0;
  const scale = Math.max(Math.abs(a), Math.abs(b));
  const unit = Math.max(2 ** (Math.floor(Math.log2(scale)) - 52), 5e-324);
  return Math.abs(a - b) / unit;
}

describe('log', () => {
  it.each([
    // 20 digits each from the OEIS: A002162, A002391, A002392, A016628, A016630.
    [2, '0.69314718055994530942'],
    [3, '1.0986122886681096914'],
    [10, '2.302585092994045684'],
    [5, '1.6094379124341003746'],
    [7, '1.9459101490553133051'],
    [1, '0'],
    // By the series ln(1+x) = x − x²/2 + x³/3 with x = 2^-20.
    [1 + 2 ** -20, '9.5367386165918823390842e-7'],
  ])('log(%d)', (x, expected) => {
    expect(ulps(log(x), Number(expected))).toBeLessThanOrEqual(1);
  });

  it('is exact at the edges', () => {
    expect([log(0), log(-0), log(-1), log(NaN), log(Infinity)]).toEqual([-Infinity, -Infinity, NaN, NaN, Infinity]);
  });

  it('is within 2 ulp of the built-in over the whole range', () => {
    fc.assert(
      fc.property(fc.double({ min: 5e-324, max: 1.7976931348623157e308, noNaN: true }), (x) => ulps(log(x), Math.log(x)) <= 2),
      { numRuns: 20_000 },
    );
  });

  it('is within 2 ulp of the built-in near 1, where returns lie', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (x) => ulps(log(x), Math.log(x)) <= 2),
      { numRuns: 20_000 },
    );
  });

  it('adds one ln 2 a doubling, through the subnormal numbers', () => {
    for (const k of [-1074, -1073, -1022, -1021, -512, -1, 1, 511, 1023]) expect(ulps(log(2 ** k), k * Math.LN2)).toBeLessThanOrEqual(1);
  });
});

describe('exp', () => {
  it.each([
    // 20 digits each from the OEIS: A001113, A072334, A068985, A019774.
    [1, '2.7182818284590452354'],
    [2, '7.3890560989306502272'],
    [-1, '0.3678794411714423216'],
    [0.5, '1.6487212707001281468'],
    [0, '1'],
  ])('exp(%d)', (x, expected) => {
    expect(ulps(exp(x), Number(expected))).toBeLessThanOrEqual(1);
  });

  it('is exact at the edges', () => {
    expect([exp(-0), exp(710), exp(-746), exp(Infinity), exp(-Infinity), exp(NaN)]).toEqual([1, Infinity, 0, Infinity, 0, NaN]);
    expect(exp(-745)).toBe(5e-324);
  });

  it('is within 2 ulp of the built-in over the whole range', () => {
    fc.assert(
      fc.property(fc.double({ min: -745, max: 709.7, noNaN: true }), (x) => ulps(exp(x), Math.exp(x)) <= 2),
      { numRuns: 20_000 },
    );
  });

  it('undoes log', () => {
    fc.assert(fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (x) => Math.abs(exp(log(x)) / x - 1) < 4e-15));
  });
});
