/** The value, or null where it is not a finite number: a metric is a number or it is undefined, never NaN. */
export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Quotient of two metrics, or null where either is undefined, the divisor is zero or the quotient overflows. */
export function ratio(dividend: number | null, divisor: number | null): number | null {
  if (dividend === null || divisor === null || divisor === 0) return null;
  return finiteOrNull(dividend / divisor);
}
