import type { Tape } from '@orrery/core';

/** What real candles have in common, as numbers (Cont 2001, "Empirical properties of asset returns: stylized facts"). */
export interface StylisedFacts {
  /** Standard deviation of close-to-close returns. */
  readonly volatility: number;
  /** Fourth standardised moment minus 3: fat tails. 0 for a normal distribution. */
  readonly excessKurtosis: number;
  /** Autocorrelation of returns at lag 1: near 0. */
  readonly returnAutocorrelation: number;
  /** Autocorrelation of absolute returns at lags 1, 10 and 100: volatility clusters. */
  readonly absoluteAutocorrelation: readonly [number, number, number];
  /** Mean of high − low over mean of |close − open|. 2 for Brownian motion seen continuously. */
  readonly rangeRatio: number;
  /** Mean absolute return of the busiest hour of the day (UTC) over that of the quietest. */
  readonly hourRatio: number;
  /** Correlation of volume with absolute return. */
  readonly volumeCorrelation: number;
}

const HOUR = 3_600_000;

/** Needs more than 101 candles; returns across gaps are taken as they are. */
export function stylisedFacts(tape: Tape): StylisedFacts {
  const { length, open, high, low, close, closeTs, volume } = tape;
  if (length <= 101) throw new RangeError(`stylised facts need more than 101 candles, got ${length}`);
  const returns = new Float64Array(length - 1);
  for (let r = 1; r < length; r++) returns[r - 1] = close[r] / close[r - 1] - 1;
  const absolute = returns.map(Math.abs);
  let range = 0;
  let body = 0;
  for (let r = 0; r < length; r++) {
    range += high[r] - low[r];
    body += Math.abs(close[r] - open[r]);
  }
  return {
    volatility: Math.sqrt(moment(returns, 2)),
    excessKurtosis: moment(returns, 4) / moment(returns, 2) ** 2 - 3,
    returnAutocorrelation: correlation(returns, returns, 1),
    absoluteAutocorrelation: [
      correlation(absolute, absolute, 1),
      correlation(absolute, absolute, 10),
      correlation(absolute, absolute, 100),
    ],
    rangeRatio: range / body,
    hourRatio: hourRatio(closeTs, absolute),
    volumeCorrelation: correlation(volume.subarray(1, length), absolute, 0),
  };
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Central moment. */
function moment(values: Float64Array, order: number): number {
  const centre = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - centre) ** order;
  return sum / values.length;
}

/** Correlation of a[i + lag] with b[i], both around their overall means. */
function correlation(a: Float64Array, b: Float64Array, lag: number): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let sum = 0;
  for (let i = lag; i < a.length; i++) sum += (a[i] - meanA) * (b[i - lag] - meanB);
  return sum / a.length / Math.sqrt(moment(a, 2) * moment(b, 2));
}

function hourRatio(closeTs: Float64Array, absolute: Float64Array): number {
  const sums = new Float64Array(24);
  const counts = new Float64Array(24);
  for (let r = 0; r < absolute.length; r++) {
    const hour = Math.floor(closeTs[r + 1] / HOUR) % 24;
    sums[hour] += absolute[r];
    counts[hour]++;
  }
  const means = [...sums].map((sum, hour) => sum / counts[hour]).filter(Number.isFinite);
  return Math.max(...means) / Math.min(...means);
}
