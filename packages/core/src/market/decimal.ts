/** A decimal number as an integer count of 10^-decimals: `"0.10"` is 10 units of 2 decimals, reduced to 1 of 1. */
export interface Decimal {
  readonly units: number;
  readonly decimals: number;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d*))?$/;

/**
 * Parses a plain decimal text exactly and drops trailing zeros.
 * @throws RangeError when the text is no plain decimal, or its digits do not fit a safe integer.
 */
export function parseDecimal(text: string): Decimal {
  const match = DECIMAL.exec(text);
  if (match === null) throw new RangeError(`"${text}" is not a decimal number such as 0.001`);
  const [, sign, whole, fraction = ''] = match;
  const kept = fraction.replace(/0+$/, '');
  const units = Number(whole + kept);
  if (!Number.isSafeInteger(units)) throw new RangeError(`"${text}" has more digits than can be held exactly`);
  return { units: sign === '-' ? -units : units, decimals: kept.length };
}

/** Text of `units` · 10^-decimals with exactly that many decimals: (12345, 2) is `"123.45"`. */
export function formatDecimal(units: number, decimals: number): string {
  if (!Number.isSafeInteger(units)) throw new RangeError(`${units} is not a safe integer`);
  const digits = String(Math.abs(units)).padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return units < 0 ? `-${text}` : text;
}
