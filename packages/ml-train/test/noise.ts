import type { LabelledMatrix } from '../src/xgboost/messages.ts';
import { seededRandom } from '../src/random.ts';

/** Rows of uniform noise in [−1, 1] with missing cells, whose label depends on the first column alone: 80 % wins above 0, 20 % below or missing. */
export function noisyMatrix(rows: number, columns: number, seed = 7): LabelledMatrix {
  const random = seededRandom(seed);
  const values = Float32Array.from({ length: rows * columns }, () => (random() < 0.05 ? Number.NaN : random() * 2 - 1));
  const labels = Float32Array.from({ length: rows }, (_, k) => (random() < (values[k * columns] > 0 ? 0.8 : 0.2) ? 1 : 0));
  return { rows, columns, values, labels, weights: new Float32Array(rows).fill(1) };
}
