import type { SampleSet } from '../samples/sample-set.ts';
import { areaUnderCurve } from './auc.ts';

/** A score made of one column. */
export interface SingleFeature {
  readonly column: number;
  /** Whether it is multiplied by the side first, so that "up" means "in the direction of the trade". */
  readonly isSided: boolean;
  /** −1 where low values win. */
  readonly sign: 1 | -1;
  /** Stands for a missing value. */
  readonly filler: number;
}

/**
 * The column that by itself told wins from losses best on some samples: a model that is no better than it is not worth its trees.
 * @param rows indices of the samples to choose on
 */
export function bestSingleFeature(samples: SampleSet, rows: ArrayLike<number>): SingleFeature {
  const labels = Float32Array.from(rows, (row) => samples.labels[row] ?? 0);
  let best: SingleFeature = { column: 0, isSided: false, sign: 1, filler: 0 };
  let farthest = -1;
  for (let column = 0; column < samples.columns.length; column++) {
    for (const isSided of [false, true]) {
      const raw: SingleFeature = { column, isSided, sign: 1, filler: 0 };
      const feature = { ...raw, filler: medianOf(scoresOf(samples, rows, { ...raw, filler: Number.NaN })) };
      const area = areaUnderCurve(labels, scoresOf(samples, rows, feature));
      if (!(Math.abs(area - 0.5) > farthest)) continue;
      farthest = Math.abs(area - 0.5);
      best = { ...feature, sign: area < 0.5 ? -1 : 1 };
    }
  }
  return best;
}

/** The score of each of the samples. */
export function scoresOf(samples: SampleSet, rows: ArrayLike<number>, feature: SingleFeature): Float64Array {
  const width = samples.columns.length;
  return Float64Array.from(rows, (row) => {
    const value = samples.features[row * width + feature.column] ?? Number.NaN;
    const sided = feature.isSided ? value * (samples.side[row] ?? 0) : value;
    return feature.sign * (Number.isNaN(sided) ? feature.filler : sided);
  });
}

function medianOf(values: Float64Array): number {
  const there = values.filter((value) => !Number.isNaN(value)).sort();
  return there[there.length >> 1] ?? 0;
}
