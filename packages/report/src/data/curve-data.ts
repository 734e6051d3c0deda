import { parseSats, type RunResult, type RunSeries } from '@orrery/core';

/**
 * The equity chart's series over one time axis, in seconds UTC. All are equally long, but those of the position are empty where a run
 * has nothing to show for them: nothing was ever held, or the run did not record it.
 */
export interface CurveData {
  readonly time: readonly number[];
  /** Sats. */
  readonly equity: readonly number[];
  /** Sats: the start equity held in the market. */
  readonly benchmark: readonly number[];
  /** Fraction at or below 0: lowest equity of the bucket against the highest before it. */
  readonly drawdown: readonly number[];
  /** Gross position value, sats. */
  readonly exposure: readonly number[];
  /** Gross position value over equity. */
  readonly leverage: readonly number[];
  /** Maintenance margin over margin balance; 1 is liquidation. */
  readonly marginRatio: readonly number[];
  /** Way to the nearest liquidation price in parts of the mark price; null where nothing is held or no price liquidates. */
  readonly liquidationDistance: readonly (number | null)[];
}

/** What the equity chart draws, worked out once so that page and tests see the same numbers. */
export function curveData(result: RunResult, series: RunSeries): CurveData {
  const start = parseSats(result.account.startEquity);
  const { time, equity, low, high, exposure, marginRatio, liquidationDistance } = series.curve;
  let peak: number = start;
  const drawdown = time.map((_, i) => {
    const fall = peak > 0 ? Math.min(0, (low[i] ?? peak) / peak - 1) : 0;
    peak = Math.max(peak, high[i] ?? peak);
    return rounded(fall, 6);
  });
  const held = exposure.some((value) => value > 0);
  return {
    time: time.map((at) => Math.floor(at / 1000)),
    equity,
    benchmark: series.benchmark.map((multiple) => Math.round(multiple * start)),
    drawdown,
    exposure: held ? exposure : [],
    leverage: held ? equity.map((value, i) => (value > 0 ? rounded((exposure[i] ?? 0) / value, 4) : 0)) : [],
    marginRatio: marginRatio.some((ratio) => ratio > 0) ? marginRatio.map((ratio) => rounded(ratio, 6)) : [],
    liquidationDistance: liquidationDistance.some((distance) => distance !== null)
      ? liquidationDistance.map((distance) => (distance === null ? null : rounded(distance, 6)))
      : [],
  };
}

/** Rounded for the page; a negative zero would be written as "-0" and read as a loss. */
function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale + 0;
}
