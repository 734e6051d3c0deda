import { LN2_HIGH, LN2_LOW } from './constants.ts';

const INVERSE_LN2 = 1.4426950408889634;
const OVERFLOW = 709.782712893384;
const UNDERFLOW = -745.1332191019411;
const TWO_POW_MINUS_54 = 5.551115123125783e-17;

/**
 * e^x, with the same bits on every machine (the built-in one is not specified to the last bit). Error below 1 ulp.
 * Above 709.78 the result is Infinity, below -745.13 it is 0.
 *
 * Source: reduction and rational approximation of fdlibm's `e_exp.c`: x = k·ln 2 + r with |r| ≤ ½ ln 2,
 * e^r = 1 + r + r·c/(2−c).
 */
export function exp(x: number): number {
  if (!(x <= OVERFLOW)) return x > 0 ? Infinity : NaN;
  if (x < UNDERFLOW) return 0;
  const k = Math.floor(x * INVERSE_LN2 + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t * (-0.0027777777777015593 + t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k > 1023) return y * 2 * powerOfTwo(k - 1);
  // Two steps into the subnormal range: only the second one rounds.
  if (k < -1022) return y * powerOfTwo(k + 54) * TWO_POW_MINUS_54;
  return y * powerOfTwo(k);
}

/** 2^k for −1022 ≤ k ≤ 1023, exact: squarings and products of powers of two never round. */
function powerOfTwo(k: number): number {
  let result = 1;
  let base = k < 0 ? 0.5 : 2;
  for (let left = Math.abs(k); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= base;
    base *= base;
  }
  return result;
}
