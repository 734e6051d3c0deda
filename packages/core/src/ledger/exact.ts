import type { RateE8, Sats } from '../units.ts';

const E8 = 100_000_000;
/** Half: with a rate below it every product here stays below 2^53. */
const MAX_RATE = 50_000_000;

/**
 * `amount` · `rate` / 1e8, rounded up to a whole sat: what is owed is never rounded in our favour (FEE-2). A negative rate is a
 * rebate and gives a negative amount. `amount` is at or above 0. Exact for any amount below 2^53, because the amount is split at 1e8 before it is multiplied.
 * @throws RangeError when the rate is 50 % or more.
 */
export function applyRate(amount: Sats, rate: RateE8): Sats {
  return rate < 0 ? negated(scaled(amount, rate, Math.floor)) : scaled(amount, rate, Math.ceil);
}

/**
 * What a position of signed `value` receives (positive) or pays (negative) at a funding `rate`: −value · rate, rounded down,
 * which is against us either way (FUND-3).
 * @throws RangeError when the rate is 50 % or more.
 */
export function fundingAmount(value: Sats, rate: RateE8): Sats {
  const isPaid = value > 0 === rate > 0;
  return isPaid ? negated(scaled(value, rate, Math.ceil)) : scaled(value, rate, Math.floor);
}

/** Never −0: a journal as text could not keep it apart from 0, but its bytes would. */
function negated(amount: Sats): Sats {
  return (0 - amount) as Sats;
}

/** |amount| · |rate| / 1e8, its fraction rounded by `round`. */
function scaled(amount: Sats, rate: RateE8, round: (x: number) => number): Sats {
  const size = Math.abs(rate);
  if (!(size < MAX_RATE)) throw new RangeError(`a rate of ${rate}e-8 is not below 50 %`);
  const whole = Math.abs(amount);
  const high = Math.floor(whole / E8);
  const low = whole - high * E8;
  return (high * size + round((low * size) / E8)) as Sats;
}

/** a · b / c for whole numbers, rounded toward zero, exact whatever the size of a · b. `c` must not be 0. */
export function mulDiv(a: number, b: number, c: number): number {
  const product = a * b;
  if (Number.isSafeInteger(product)) return Math.trunc(product / c) + 0;
  return Number((BigInt(a) * BigInt(b)) / BigInt(c));
}

/** Largest whole number n with n · divisor ≤ dividend, for whole dividend ≥ 0 and divisor > 0. */
export function floorDiv(dividend: number, divisor: number): number {
  const quotient = Math.floor(dividend / divisor);
  return quotient * divisor > dividend ? quotient - 1 : quotient;
}
