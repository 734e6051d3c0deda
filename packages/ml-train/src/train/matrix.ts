import type { SampleSet } from '../samples/sample-set.ts';
import type { LabelledMatrix } from '../xgboost/messages.ts';

/** The chosen samples as rows for XGBoost. */
export function matrixOf(samples: SampleSet, chosen: Int32Array): LabelledMatrix {
  const columns = samples.columns.length;
  const values = new Float32Array(chosen.length * columns);
  for (const [k, row] of chosen.entries()) values.set(samples.features.subarray(row * columns, (row + 1) * columns), k * columns);
  return {
    rows: chosen.length,
    columns,
    values,
    labels: Float32Array.from(chosen, (row) => samples.labels[row] ?? Number.NaN),
    weights: Float32Array.from(chosen, (row) => samples.weights[row] ?? Number.NaN),
  };
}

/** Weighted share of wins, in (0, 1) as long as there are both. */
export function winRate({ labels, weights }: LabelledMatrix): number {
  let [wins, all] = [0, 0];
  for (const [k, weight] of weights.entries()) {
    all += weight;
    if (labels[k] === 1) wins += weight;
  }
  return wins / all;
}
