import { type Sats, SATS_PER_UNIT } from '../units.ts';
import { parseDecimal } from './decimal.ts';

/** Sats in one unit of the n-th decimal place: written out because powers are not specified to the last bit. */
const SATS_BY_DECIMALS: readonly number[] = [1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 100, 10, 1];

/**
 * Reads a decimal text of USDT as an integer count of sats.
 * @throws RangeError when the text is no plain decimal, is finer than a sat or does not fit a safe integer.
 */
export function parseSats(text: string): Sats {
  const { units, decimals } = parseDecimal(text);
  const scale = SATS_BY_DECIMALS[decimals];
  if (scale === undefined) throw new RangeError(`"${text}" is finer than 0.00000001 USDT`);
  const sats = units * scale;
  if (!Number.isSafeInteger(sats)) throw new RangeError(`"${text}" USDT is too large to be held exactly`);
  return sats as Sats;
}

/**
 * Exact sum of integer amounts.
 * @throws RangeError when a partial sum leaves the safe integers: a rounded sum of money would be a wrong one.
 */
export function sumSats(amounts: readonly number[]): Sats {
  let sum = 0;
  for (const amount of amounts) {
    sum += amount;
    if (!Number.isSafeInteger(sum)) throw new RangeError('a sum of amounts is too large to be held exactly');
  }
  return sum as Sats;
}

/** Sats as a double of USDT, for ratios and display. */
export function toUsdt(sats: number): number {
  return sats / SATS_PER_UNIT;
}
