const NUMERATOR: readonly number[] = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931, 220.206867912376,
];
const DENOMINATOR: readonly number[] = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831, 793.826512519948,
  440.413735824752,
];
/** From here on the continued fraction is the more exact of the two branches. */
const TAIL_START = 7.07106781186547;
/** Beyond it the probability is smaller than a double near 1 can tell from 0. */
const TAIL_END = 37;

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((value, coefficient) => value * x + coefficient, 0);
}

/**
 * Probability that a standard normal variable is at most `x`; absolute error about 1e-15.
 * Hart's algorithm 5666 as given by G. West, "Better approximations to cumulative normal functions", Wilmott Magazine, May 2005.
 */
export function normalCdf(x: number): number {
  const distance = Math.abs(x);
  if (distance > TAIL_END) return x > 0 ? 1 : 0;
  const density = Math.exp((-distance * distance) / 2);
  const tail =
    distance < TAIL_START
      ? (density * polynomial(NUMERATOR, distance)) / polynomial(DENOMINATOR, distance)
      : density / continuedFraction(distance) / Math.sqrt(2 * Math.PI);
  return x > 0 ? 1 - tail : tail;
}

function continuedFraction(x: number): number {
  return x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))));
}
