/** One bar: values from `from` (included) to `to` (excluded), split by sign of the trade. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly wins: number;
  readonly losses: number;
}

/** A value to be counted, and whether the trade that it belongs to was won. */
export interface Sample {
  readonly value: number;
  readonly won: boolean;
}

const TARGET_BINS = 30;
/** Share of the samples on either side that may lie outside the even bins. */
const TAIL = 0.01;

/**
 * Even bins of a round width with an edge at zero over all but the outermost samples; what lies beyond is counted in open bins at
 * the ends (from −∞, to ∞), so that one outlier does not flatten the rest and none is lost.
 */
export function evenBins(samples: readonly Sample[]): readonly Bin[] {
  if (samples.length === 0) return [];
  const sorted = samples.map((sample) => sample.value).sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) * TAIL)] ?? 0;
  const high = sorted[Math.ceil((sorted.length - 1) * (1 - TAIL))] ?? 0;
  const width = roundWidth((high - low) / TARGET_BINS);
  const first = Math.floor(low / width);
  const last = Math.floor(high / width);
  const edges = Array.from({ length: last - first + 2 }, (_, i) => (first + i) * width);
  const below = (sorted[0] ?? 0) < (edges[0] ?? 0) ? [-Infinity] : [];
  const above = (sorted.at(-1) ?? 0) >= (edges.at(-1) ?? 0) ? [Infinity] : [];
  return countBins(samples, [...below, ...edges, ...above]);
}

/** Counts samples between ascending edges; a sample outside them is in no bin. */
export function countBins(samples: readonly Sample[], edges: readonly number[]): readonly Bin[] {
  return edges.slice(0, -1).map((from, i) => {
    const to = edges[i + 1] ?? Infinity;
    const inside = samples.filter((sample) => sample.value >= from && sample.value < to);
    const wins = inside.filter((sample) => sample.won).length;
    return { from, to, wins, losses: inside.length - wins };
  });
}

/** Below this a power of ten loses its digits (subnormal numbers), and a width made of it would be zero. */
const NARROWEST = 1e-300;

/** 1, 2 or 5 times a power of ten, at least as wide as asked for. */
function roundWidth(width: number): number {
  if (!(width > 0)) return 1;
  if (width < NARROWEST) return NARROWEST;
  const power = 10 ** Math.floor(Math.log10(width));
  const factor = [1, 2, 5].find((candidate) => candidate * power >= width) ?? 10;
  return factor * power;
}
