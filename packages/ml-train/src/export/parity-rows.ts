import type { TreeEnsemble } from '@orrery/models';
import { seededRandom } from '../random.ts';
import type { FeatureMatrix } from '../xgboost/messages.ts';

/** Rows that two engines are compared on, at least. */
export const LEAST_PARITY_ROWS = 50_000;
/** Training rows among them, at most. */
const MOST_TRAINING_ROWS = 20_000;
const MISSING_SHARE = 0.1;
const THRESHOLD_SHARE = 0.4;
const RANDOM_SHARE = 0.2;

/**
 * Rows on which a mistake would show: training rows as they are, then rows made of them in which cells are missing, anywhere within
 * the column's range, or exactly at one of the ensemble's thresholds or one float beside it. Thresholds are gone through in turn, so each is met.
 */
export function parityRows(training: FeatureMatrix, ensemble: TreeEnsemble, seed: number): FeatureMatrix {
  const { columns, rows, values } = training;
  const taken = Math.min(rows, MOST_TRAINING_ROWS);
  const total = Math.max(LEAST_PARITY_ROWS, 2 * taken);
  const out = new Float32Array(total * columns);
  for (let k = 0; k < taken; k++) {
    const from = Math.floor((k * rows) / taken) * columns;
    out.set(values.subarray(from, from + columns), k * columns);
  }
  const random = seededRandom(seed);
  const cells = edgeCells(ensemble);
  const ranges = rangesOf(training);
  const cursors = new Int32Array(columns);
  for (let k = taken; k < total; k++) {
    const from = Math.floor(random() * rows) * columns;
    for (let column = 0; column < columns; column++) {
      const edges = cells[column] ?? [];
      const [low, high] = ranges[column] ?? [0, 0];
      const draw = random();
      let value = values[from + column] ?? Number.NaN;
      if (draw < MISSING_SHARE) value = Number.NaN;
      else if (draw < MISSING_SHARE + THRESHOLD_SHARE && edges.length > 0) {
        const at = cursors[column] ?? 0;
        value = edges[at % edges.length] ?? Number.NaN;
        cursors[column] = at + 1;
      } else if (draw < MISSING_SHARE + THRESHOLD_SHARE + RANDOM_SHARE) value = low + (high - low) * random();
      out[k * columns + column] = value;
    }
  }
  return { rows: total, columns, values: out };
}

/** For each column, every threshold on it and the floats on both sides. */
function edgeCells(ensemble: TreeEnsemble): readonly (readonly number[])[] {
  const sets = Array.from({ length: ensemble.inputs }, () => new Set<number>());
  for (const [node, column] of ensemble.feature.entries()) {
    if (column === -1) continue;
    const threshold = ensemble.threshold[node] ?? Number.NaN;
    for (const step of [-1, 0, 1]) sets[column]?.add(nextFloat(threshold, step));
  }
  return sets.map((set) => [...set]);
}

function rangesOf({ columns, rows, values }: FeatureMatrix): readonly (readonly [number, number])[] {
  return Array.from({ length: columns }, (_, column) => {
    let [low, high] = [Infinity, -Infinity];
    for (let row = 0; row < rows; row++) {
      const value = values[row * columns + column] ?? Number.NaN;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return low <= high ? [low, high] : [0, 0];
  });
}

/** The float32 so many steps above (or below) a finite one. */
export function nextFloat(value: number, steps: number): number {
  const float = Float32Array.of(value);
  const bits = new Int32Array(float.buffer);
  const pattern = bits[0] ?? 0;
  // Bit patterns of negative floats fall as their values rise.
  const ordinal = (pattern < 0 ? -(pattern & 0x7fff_ffff) : pattern) + steps;
  bits[0] = ordinal < 0 ? -ordinal | 0x8000_0000 : ordinal;
  return float[0] ?? Number.NaN;
}
