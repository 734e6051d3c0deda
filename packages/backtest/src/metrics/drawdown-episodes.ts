/** A stretch of the equity curve below an earlier peak. Times in ms. */
export interface DrawdownEpisode {
  readonly peakTime: number;
  /** When equity was back at the peak, or null while it is not. */
  readonly recoveryTime: number | null;
  /** Deepest fall as a fraction of the peak. */
  readonly depth: number;
}

/** Buckets of the equity curve: last value and extremes of each. */
export interface EquityCurve {
  readonly time: readonly number[];
  readonly equity: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/**
 * Splits the curve into its drawdowns. The order of low and high inside a bucket is unknown, so a bucket's low is compared with the
 * peak of the buckets before it: a fall that begins and ends inside one bucket is not seen.
 * @param start equity before the first bucket, in the unit of the curve
 */
export function drawdownEpisodes(curve: EquityCurve, start: number): readonly DrawdownEpisode[] {
  const episodes: DrawdownEpisode[] = [];
  let peak = start;
  let peakTime = curve.time[0] ?? 0;
  let depth = 0;
  for (const [i, time] of curve.time.entries()) {
    const low = curve.low[i] ?? peak;
    const high = curve.high[i] ?? peak;
    if (low < peak && peak > 0) depth = Math.max(depth, (peak - low) / peak);
    if (high < peak) continue;
    if (depth > 0) episodes.push({ peakTime, recoveryTime: time, depth });
    depth = 0;
    peak = high;
    peakTime = time;
  }
  if (depth > 0) episodes.push({ peakTime, recoveryTime: null, depth });
  return episodes;
}

/** Share of the curve's buckets whose last equity stands below an earlier peak, or null without a bucket. */
export function shareUnderWater(curve: EquityCurve, start: number): number | null {
  if (curve.time.length === 0) return null;
  let peak = start;
  let under = 0;
  for (const [i, equity] of curve.equity.entries()) {
    peak = Math.max(peak, curve.high[i] ?? equity);
    if (equity < peak) under += 1;
  }
  return under / curve.time.length;
}
