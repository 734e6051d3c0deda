import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyRate, floorDiv, fundingAmount, mulDiv, type RateE8, type Sats } from '../../src/index.ts';
import { runs } from '../laws/options.ts';

const E8 = 100_000_000n;
const amount = fc.oneof(
  fc.integer({ min: 0, max: 1_000_000_000 }),
  fc.maxSafeNat(),
  fc.nat(1000).map((k) => Number.MAX_SAFE_INTEGER - k),
);
const signed = fc.tuple(amount, fc.boolean()).map(([a, isNegative]) => (isNegative && a !== 0 ? -a : a));
const rate = fc.integer({ min: -49_999_999, max: 49_999_999 });

/** Rounds down whatever the signs; BigInt division rounds toward zero. */
function floorBig(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

describe('applyRate', () => {
  it.each([
    // amount, rate, fee by hand
    [100_000_000_000, 50_000, 50_000_000], // 1,000 USDT at 0.05 % are 0.5 USDT
    [1, 50_000, 1], // a part of a sat is a whole one
    [2_000, 50_000, 1],
    [2_001, 50_000, 2],
    [0, 50_000, 0],
    [123_456_789, 0, 0],
    [9_007_199_254_740_991, 49_999_999, 4_503_599_537_298_503], // 2^53 − 1 at just below 50 %: 4503599537298502.95… up
  ])('FEE-2: %d at %d is %d', (value, e8, fee) => {
    expect(applyRate(value as Sats, e8 as RateE8)).toBe(fee);
  });
  it('FEE-2: equals the quotient of whole numbers rounded up, for any amount and rate', () => {
    fc.assert(
      fc.property(amount, rate, (value, e8) => {
        const expected = -floorBig(-(BigInt(value) * BigInt(e8)), E8);
        expect(BigInt(applyRate(value as Sats, e8 as RateE8))).toBe(expected);
      }),
      runs(2000),
    );
  });
  it('FEE-2: a negative rate is a rebate, and rounded down in size', () => {
    expect(applyRate(100_000_000_000 as Sats, -5_000 as RateE8)).toBe(-5_000_000);
    expect(applyRate(1 as Sats, -5_000 as RateE8)).toBe(0);
  });
  it('FEE-3: refuses 50 % and more, and NaN', () => {
    for (const e8 of [50_000_000, -50_000_000, NaN, Infinity]) {
      expect(() => applyRate(1 as Sats, e8 as RateE8)).toThrow(/is not below 50 %/);
    }
  });
});

describe('fundingAmount', () => {
  it.each([
    // value, rate, received (+) or paid (−)
    [100_000_000_000, 10_000, -10_000_000], // long 1,000 USDT at 0.01 % pays 0.1 USDT
    [-100_000_000_000, 10_000, 10_000_000],
    [100_000_000_000, -10_000, 10_000_000],
    [-100_000_000_000, -10_000, -10_000_000],
    [15_000, 10_000, -2], // pays 1.5 sats: 2
    [-15_000, 10_000, 1], // receives 1.5 sats: 1
    [0, 10_000, 0],
  ])('FUND-3: value %d at %d is %d', (value, e8, received) => {
    expect(fundingAmount(value as Sats, e8 as RateE8)).toBe(received);
  });
  it('FUND-3: is −value · rate rounded down, for any value and rate', () => {
    fc.assert(
      fc.property(signed, rate, (value, e8) => {
        expect(BigInt(fundingAmount(value as Sats, e8 as RateE8))).toBe(floorBig(-(BigInt(value) * BigInt(e8)), E8));
      }),
      runs(2000),
    );
  });
  it('FUND-3: nothing is 0 and never −0, which a journal as text could not keep', () => {
    for (const [value, e8] of [
      [-5_000, 0],
      [5_000, 0],
      [0, -5],
      [0, 5],
    ] as const) {
      expect(Object.is(fundingAmount(value as Sats, e8 as RateE8), 0)).toBe(true);
    }
  });
});

describe('mulDiv and floorDiv', () => {
  it('LED-2: mulDiv is a · b / c toward zero, whatever the size of a · b', () => {
    const nonZero = signed.filter((c) => c !== 0);
    fc.assert(
      fc.property(signed, signed, nonZero, (a, b, c) => {
        expect(mulDiv(a, b, c)).toBe(Number((BigInt(a) * BigInt(b)) / BigInt(c)));
      }),
      runs(2000),
    );
  });
  it('LED-2: mulDiv of small numbers too, where the quotient is near a whole one', () => {
    const small = fc.integer({ min: -94_906_265, max: 94_906_265 });
    fc.assert(
      fc.property(small, small, fc.integer({ min: 1, max: 1000 }), (a, b, c) => {
        expect(mulDiv(a, b, c)).toBe(Number((BigInt(a) * BigInt(b)) / BigInt(c)));
      }),
      runs(2000),
    );
  });
  it('TARGET-2: floorDiv is the largest n with n · divisor at or below the dividend', () => {
    fc.assert(
      fc.property(
        amount,
        amount.filter((c) => c > 0),
        (a, b) => {
          expect(floorDiv(a, b)).toBe(Number(BigInt(a) / BigInt(b)));
        },
      ),
      runs(2000),
    );
  });
});
