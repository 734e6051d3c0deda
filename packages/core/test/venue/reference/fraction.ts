/** An exact quotient; the denominator is above 0. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export function fraction(n: bigint, d: bigint = 1n): Fraction {
  return d < 0n ? { n: -n, d: -d } : { n, d };
}
export function plus(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}
export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, { n: -b.n, d: b.d });
}
export function times(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.n, d: a.d * b.d };
}
export function over(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.d, a.d * b.n);
}
/** Below, at or above 0 as a is below, at or above b. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
export function floor({ n, d }: Fraction): bigint {
  const quotient = n / d;
  return quotient * d > n ? quotient - 1n : quotient;
}
export function ceil({ n, d }: Fraction): bigint {
  return -floor({ n: -n, d });
}
export function nearest(a: Fraction): bigint {
  return floor(plus(a, { n: 1n, d: 2n }));
}
export const ZERO: Fraction = fraction(0n);
export const ONE: Fraction = fraction(1n);
