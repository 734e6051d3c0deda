/** An exact quotient in lowest terms; the denominator is above 0. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export function fraction(n: bigint, d: bigint = 1n): Fraction {
  // Without this, digits would double with every event of a path.
  const by = d === 1n ? 1n : d < 0n ? -divisor(n, -d) : divisor(n, d);
  return { n: n / by, d: d / by };
}
/** Greatest common divisor; above 0 where one of them is not 0. */
function divisor(n: bigint, d: bigint): bigint {
  let [a, b] = [n < 0n ? -n : n, d];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
export function plus(a: Fraction, b: Fraction): Fraction {
  return a.d === b.d ? fraction(a.n + b.n, a.d) : fraction(a.n * b.d + b.n * a.d, a.d * b.d);
}
export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, { n: -b.n, d: b.d });
}
export function times(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.n, a.d * b.d);
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
