import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createRunner,
  encodeTreeEnsemble,
  modelOf,
  TreeWalker,
  type LoadedModel,
  type ModelRunner,
  type TreeEnsemble,
} from '../src/index.ts';
import { ensembleOf, randomEnsemble, randomRows, type Drawn } from './make-ensemble.ts';

function modelFrom(ensemble: TreeEnsemble): LoadedModel {
  const inputs = Array.from({ length: ensemble.inputs }, (_, k) => `lag(close,${k})`);
  const onnx = encodeTreeEnsemble(ensemble, { inputs, producer: 'test' });
  return modelOf({ name: 'test', engine: 'walker', inputs, calibration: { kind: 'none' }, versions: {}, onnx });
}
function marginsOf(runner: ModelRunner, rows: Float32Array, count: number, batch: number): Float32Array {
  const width = runner.inputs.length;
  const out = new Float32Array(count);
  for (let from = 0; from < count; from += batch) {
    const size = Math.min(batch, count - from);
    runner.margins(rows.subarray(from * width, (from + size) * width), size, out.subarray(from, from + size));
  }
  return out;
}
/** Bits, because NaN and −0 are told apart. */
const bits = (values: Float32Array): Uint32Array => new Uint32Array(values.buffer, values.byteOffset, values.length);
const differing = (a: Float32Array, b: Float32Array): number => bits(a).reduce((sum, word, k) => sum + (word === bits(b)[k] ? 0 : 1), 0);

describe('the walker and ONNX Runtime', () => {
  it('give the same bits on 60,000 rows with missing values and exact thresholds, in batches of 1, 32, 1,000 and all', async () => {
    const rows = 60_000;
    const ensemble = randomEnsemble(11, 20, 60, 6);
    const model = modelFrom(ensemble);
    const [walker, runtime] = await Promise.all([createRunner(model, 'walker'), createRunner(model, 'onnxruntime')]);
    const data = randomRows(12, ensemble, rows);
    const reference = marginsOf(walker, data, rows, rows);
    expect(new Set(reference).size).toBeGreaterThan(10_000);
    expect(differing(marginsOf(runtime, data, rows, rows), reference)).toBe(0);
    for (const batch of [32, 1000]) expect(differing(marginsOf(runtime, data, rows, batch), reference)).toBe(0);
    for (const batch of [1, 32, 1000]) expect(differing(marginsOf(walker, data, rows, batch), reference)).toBe(0);
    expect(differing(marginsOf(runtime, data, 3000, 1), reference.subarray(0, 3000).slice())).toBe(0);
    runtime.close();
  });
  it('give the same bits for any trees', async () => {
    const tree = fc.letrec<{ tree: Drawn }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.float({ noNaN: true, noDefaultInfinity: true, min: -100, max: 100 }),
        fc
          .record({
            column: fc.nat(2),
            below: fc.float({ noNaN: true, noDefaultInfinity: true }),
            yes: tie('tree'),
            no: tie('tree'),
            isYes: fc.boolean(),
          })
          .map(({ isYes, ...split }): Drawn => (isYes ? { ...split, missing: 'yes' } : split)),
      ),
    })).tree;
    const value = fc.oneof(fc.float(), fc.constant(NaN));
    await fc.assert(
      fc.asyncProperty(
        fc.array(tree, { minLength: 1, maxLength: 6 }),
        fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 20 }),
        async (trees, drawn) => {
          const ensemble = ensembleOf(3, trees);
          const model = modelFrom(ensemble);
          // Half of the rows stand exactly on thresholds.
          const rows = Float32Array.from(drawn.flat(), (x, k) =>
            k % 2 === 0 ? x : (ensemble.threshold[k % ensemble.threshold.length] ?? x),
          );
          const [walker, runtime] = await Promise.all([createRunner(model, 'walker'), createRunner(model, 'onnxruntime')]);
          const [a, b] = [marginsOf(walker, rows, drawn.length, drawn.length), marginsOf(runtime, rows, drawn.length, drawn.length)];
          runtime.close();
          expect([...bits(a)]).toEqual([...bits(b)]);
        },
      ),
      { numRuns: 60 },
    );
  });
  it('agree on probabilities, as both put the same margin through the same function', async () => {
    const ensemble = randomEnsemble(3, 4, 10, 4);
    const model = modelFrom(ensemble);
    const rows = randomRows(4, ensemble, 500);
    const [walker, runtime] = await Promise.all([createRunner(model, 'walker'), createRunner(model, 'onnxruntime')]);
    const [a, b] = [new Float64Array(500), new Float64Array(500)];
    walker.predict(rows, 500, a);
    runtime.predict(rows, 500, b);
    runtime.close();
    expect([...a]).toEqual([...b]);
  });
});

describe('a walked tree', () => {
  // Below 1 in column 0: yes. Threshold itself: no. Missing: where the node says.
  const stump: Drawn = { column: 0, below: 1, yes: 10, no: 20 };
  const missingYes: Drawn = { column: 1, below: 0, yes: 100, no: 200, missing: 'yes' };
  it.each([
    ['below both thresholds', [0.5, -1], 0.25 + 10 + 100],
    ['exactly on both thresholds', [1, 0], 0.25 + 20 + 200],
    ['above both', [2, 2], 0.25 + 20 + 200],
    ['missing: no where the node does not say yes', [NaN, 5], 0.25 + 20 + 200],
    ['missing: yes where it does', [0, NaN], 0.25 + 10 + 100],
  ])('%s', (_, row, expected) => {
    const out = new Float32Array(1);
    new TreeWalker(ensembleOf(2, [0.25, stump, missingYes])).margin(Float32Array.from(row), 1, out);
    expect(out[0]).toBe(expected);
  });
  it('adds in single precision and in tree order', () => {
    // 2^24 + 1 is not a float: added one by one, the ones are lost; added first, they are not.
    const sum = (trees: readonly Drawn[]): number => {
      const out = new Float32Array(1);
      new TreeWalker(ensembleOf(1, trees)).margin(new Float32Array(1), 1, out);
      return out[0];
    };
    expect(sum([16_777_216, 1, 1])).toBe(16_777_216);
    expect(sum([1, 1, 16_777_216])).toBe(16_777_218);
  });
  it('refuses rows that are too short', () => {
    expect(() => new TreeWalker(ensembleOf(2, [stump])).margin(new Float32Array(3), 2, new Float32Array(2))).toThrow(
      '2 rows of 2 values do not fit 3 values in and 2 out',
    );
  });
});

describe('the binding of ONNX Runtime', () => {
  const require = createRequire(import.meta.url);
  it('is of the pinned version, and has the synchronous shape that is relied on', () => {
    const manifest = JSON.parse(readFileSync(require.resolve('onnxruntime-node/package.json'), 'utf8')) as { version: string };
    expect(manifest.version).toBe('1.30.0');
    const { binding, initOrt } = require('onnxruntime-node/dist/binding.js') as Record<
      string,
      { InferenceSession?: { prototype: object } }
    >;
    expect(typeof initOrt).toBe('function');
    expect(Object.getOwnPropertyNames(binding.InferenceSession?.prototype)).toEqual(
      expect.arrayContaining(['loadModel', 'run', 'dispose']),
    );
  });
  it('gets rows that are shared between threads as a copy, which it would refuse otherwise', async () => {
    const ensemble = randomEnsemble(1, 2, 3, 2);
    const runner = await createRunner(modelFrom(ensemble), 'onnxruntime');
    const shared = new Float32Array(new SharedArrayBuffer(8));
    shared.set([1, 2]);
    const [a, b] = [new Float32Array(1), new Float32Array(1)];
    runner.margins(shared, 1, a);
    runner.margins(Float32Array.of(1, 2), 1, b);
    runner.close();
    expect(a).toEqual(b);
  });
});
