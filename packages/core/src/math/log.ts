import { LN2_HIGH, LN2_LOW } from './constants.ts';

const SQRT_HALF = 0.7071067811865476;
const SQRT_TWO = 1.4142135623730951;
const SMALLEST_NORMAL = 2.2250738585072014e-308;
const TWO_POW_54 = 18014398509481984;
const TWO_POW_512 = 1.3407807929942597e154;

/**
 * Natural logarithm, with the same bits on every machine (the built-in one is not specified to the last bit). Error below
 * 1 ulp. log(0) is -Infinity; the logarithm of a negative number or NaN is NaN.
 *
 * Source: reduction and polynomial of fdlibm's `e_log.c`.
 */
export function log(x: number): number {
  if (x >= SQRT_HALF && x < SQRT_TWO) return logOfProduct(x, 0);
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  let mantissa = x;
  let exponent = 0;
  if (mantissa < SMALLEST_NORMAL) {
    mantissa *= TWO_POW_54;
    exponent = -54;
  }
  // Products with powers of two are exact, which spares a view on the bits of the number.
  for (let step = 512, factor = TWO_POW_512; step >= 1; step /= 2, factor = Math.sqrt(factor)) {
    if (mantissa >= factor) {
      mantissa /= factor;
      exponent += step;
    } else if (mantissa * factor < 1) {
      mantissa *= factor;
      exponent -= step;
    }
  }
  if (mantissa >= SQRT_TWO) return logOfProduct(mantissa / 2, exponent + 1);
  if (mantissa < SQRT_HALF) return logOfProduct(mantissa * 2, exponent - 1);
  return logOfProduct(mantissa, exponent);
}

/** Log of mantissa · 2^exponent for a mantissa in [√½, √2]: with s = f/(2+f), log(1+f) = f − f²/2 + s·(f²/2 + R(s²)). */
function logOfProduct(mantissa: number, exponent: number): number {
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return exponent * LN2_HIGH - (half - (s * (half + (odd + even)) + exponent * LN2_LOW) - f);
}
