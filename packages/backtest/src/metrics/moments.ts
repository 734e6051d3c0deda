/** Arithmetic mean, or null of nothing. */
export function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return sum(values) / values.length;
}

/** Plain left-to-right sum; 0 of nothing. */
export function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Middle value, the mean of the two middle ones for an even count, or null of nothing. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (lower + upper) / 2;
}

/**
 * Deviations from the mean below this share of the largest value are rounding, not movement: a series of equal returns has no
 * deviation, and a ratio to 1e-19 would be a number without a meaning.
 */
const NOISE = 1e-12;

/** Values minus their mean, or null where there are fewer than two or where none moves by more than rounding. */
function deviations(values: readonly number[]): readonly number[] | null {
  const centre = mean(values);
  if (centre === null || values.length < 2) return null;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const result = values.map((value) => value - centre);
  return result.some((deviation) => Math.abs(deviation) > largest * NOISE) ? result : null;
}

/** Mean of the deviations' power, or null as in {@link deviations}. */
function centralMoment(values: readonly number[], power: number): number | null {
  const moved = deviations(values);
  return moved === null ? null : mean(moved.map((deviation) => deviation ** power));
}

/** Sample standard deviation (divisor n − 1), or null under two values or where they are all equal. */
export function standardDeviation(values: readonly number[]): number | null {
  const moved = deviations(values);
  if (moved === null) return null;
  return Math.sqrt(sum(moved.map((deviation) => deviation * deviation)) / (values.length - 1));
}

/** Sample covariance (divisor n − 1) of equally long series, or null where either does not move. */
export function covariance(a: readonly number[], b: readonly number[]): number | null {
  if (a.length !== b.length) throw new RangeError(`series of ${a.length} and ${b.length} values have no covariance`);
  const first = deviations(a);
  const second = deviations(b);
  if (first === null || second === null) return null;
  return sum(first.map((deviation, i) => deviation * (second[i] ?? 0))) / (a.length - 1);
}

/** Population skewness m3 / m2^1.5, or null where nothing moves. */
export function skewness(values: readonly number[]): number | null {
  const variance = centralMoment(values, 2);
  const third = centralMoment(values, 3);
  return variance === null || third === null || variance === 0 ? null : third / (variance * Math.sqrt(variance));
}

/** Population kurtosis m4 / m2², 3 for a normal distribution, or null where nothing moves. */
export function kurtosis(values: readonly number[]): number | null {
  const variance = centralMoment(values, 2);
  const fourth = centralMoment(values, 4);
  return variance === null || fourth === null || variance === 0 ? null : fourth / (variance * variance);
}
