import { parseDecimal, SATS_PER_UNIT } from '@orrery/core';

/** Decimal places of a sat: 1 USDT is 10^8 sats. */
const SAT_DECIMALS = 8;

/**
 * Reads a decimal text of USDT as an integer count of sats.
 * @throws RangeError when the text is no plain decimal, is finer than a sat or does not fit a safe integer.
 */
export function parseSats(text: string): number {
  const { units, decimals } = parseDecimal(text);
  if (decimals > SAT_DECIMALS) throw new RangeError(`"${text}" is finer than 0.00000001 USDT`);
  const sats = units * 10 ** (SAT_DECIMALS - decimals);
  if (!Number.isSafeInteger(sats)) throw new RangeError(`"${text}" USDT is too large to be held exactly`);
  return sats;
}

/**
 * Exact sum of integer amounts, whatever their order.
 * @throws RangeError when a partial sum leaves the safe integers: a rounded sum of money would be a wrong one.
 */
export function sumSats(amounts: readonly number[]): number {
  let sum = 0;
  for (const amount of amounts) {
    sum += amount;
    if (!Number.isSafeInteger(sum)) throw new RangeError('a sum of amounts is too large to be held exactly');
  }
  return sum;
}

/** Sats as a double of USDT, for ratios and display. */
export function toUsdt(sats: number): number {
  return sats / SATS_PER_UNIT;
}
