import fc from 'fast-check';
import { TreeWalker } from '@orrery/models';
import { describe, expect, it } from 'vitest';
import { readBooster } from '../../src/export/booster-json.ts';
import { LEAST_PARITY_ROWS, nextFloat, parityRows } from '../../src/export/parity-rows.ts';
import { treeEnsembleOf } from '../../src/export/tree-ensemble.ts';

/** A booster as XGBoost writes it: one split on column 1 at 0.5, missing values to the left; then a lone leaf. */
function booster(changes: { objective?: string; name?: string; splitType?: number } = {}): Uint8Array {
  const model = {
    version: [1, 7, 4],
    learner: {
      learner_model_param: { base_score: '5E-1', num_feature: '2', num_class: '0', num_target: '1' },
      objective: { name: changes.objective ?? 'binary:logistic', reg_loss_param: { scale_pos_weight: '1' } },
      gradient_booster: {
        name: changes.name ?? 'gbtree',
        model: {
          trees: [
            {
              left_children: [1, -1, -1],
              right_children: [2, -1, -1],
              split_indices: [1, 0, 0],
              split_conditions: [0.5, -0.25, 0.75],
              default_left: [1, 0, 0],
              split_type: [changes.splitType ?? 0, 0, 0],
            },
            { left_children: [-1], right_children: [-1], split_indices: [0], split_conditions: [0.125], default_left: [0] },
          ],
        },
      },
    },
  };
  return new TextEncoder().encode(JSON.stringify(model));
}
function margins(json: Uint8Array, rounds: number, rows: readonly number[], base = 0): readonly number[] {
  const out = new Float32Array(rows.length / 2);
  new TreeWalker(treeEnsembleOf(readBooster(json), base, rounds)).margin(Float32Array.from(rows), out.length, out);
  return [...out];
}

describe('the trees of a saved booster', () => {
  it('are walked as they say: below 0.5 left, at it right, missing to the left', () => {
    const rows = [9, 0.25, 9, 0.5, 9, Number.NaN];
    expect(margins(booster(), 2, rows)).toEqual([-0.125, 0.875, -0.125]);
    expect(margins(booster(), 1, rows), 'the first round alone').toEqual([-0.25, 0.75, -0.25]);
  });
  it('start from the base margin, added first', () => {
    expect(margins(booster(), 0, [0, 0], 1.5)).toEqual([1.5]);
    // In float32 2^24 − 0.25 rounds to 2^24, so that the leaf of 0.125 is lost as well; summed last, the base would give the same.
    expect(margins(booster(), 2, [0, 0], 2 ** 24)).toEqual([2 ** 24]);
  });
  it.each([
    [{ objective: 'reg:squarederror' }, /objective reg:squarederror is not exported/],
    [{ name: 'dart' }, /booster dart is not exported/],
    [{ splitType: 1 }, /categorical splits are not exported/],
  ])('%j is refused', (changes, message) => {
    expect(() => readBooster(booster(changes))).toThrow(message);
  });
});

describe('rows for the proof', () => {
  const training = { rows: 3, columns: 2, values: Float32Array.of(1, 0.1, 2, 0.9, 3, Number.NaN) };
  const ensemble = treeEnsembleOf(readBooster(booster()), 0, 2);

  it('are enough, begin with the training rows, and hold thresholds, their neighbours and missing cells', () => {
    const { rows, columns, values } = parityRows(training, ensemble, 1);
    expect(rows).toBeGreaterThanOrEqual(LEAST_PARITY_ROWS);
    expect(columns).toBe(2);
    expect([...values.subarray(0, 6)]).toEqual([...training.values]);
    const second = Array.from({ length: rows }, (_, row) => values[2 * row + 1]);
    for (const edge of [nextFloat(0.5, -1), 0.5, nextFloat(0.5, 1)])
      expect(second.filter((value) => value === edge).length).toBeGreaterThan(1000);
    expect(second.filter(Number.isNaN).length).toBeGreaterThan(3000);
  });
  it('are the same for the same seed', () => {
    expect(
      Buffer.from(parityRows(training, ensemble, 5).values.buffer).equals(Buffer.from(parityRows(training, ensemble, 5).values.buffer)),
    ).toBe(true);
  });
  it('neighbouring floats adjoin', () => {
    expect([nextFloat(0, 1), nextFloat(0, -1), nextFloat(1, 1)]).toEqual([2 ** -149, -(2 ** -149), 1 + 2 ** -23]);
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true, min: -(2 ** 100), max: 2 ** 100 }), (value) => {
        const above = nextFloat(value, 1);
        expect(above).toBeGreaterThan(value);
        expect(nextFloat(above, -1) + 0).toBe(value + 0);
        const middle = (value + above) / 2;
        expect([value + 0, above + 0]).toContain(Math.fround(middle) + 0);
      }),
    );
  });
});
