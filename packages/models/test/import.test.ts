import { describe, expect, it } from 'vitest';
import { createRunner, encodeTreeEnsemble, importModel, modelOf, TOLERANCE, type EngineName } from '../src/index.ts';
import { attribute, handClassifier, handTrees, onnxFile, tensor, TYPE, type NodeText } from './onnx-bytes.ts';
import { ensembleOf } from './make-ensemble.ts';

const INPUTS = ['side', 'rsi(close,14)'];
const OPTIONS = { name: 'theirs', inputs: INPUTS, file: 'theirs.onnx', versions: {} };

async function probabilities(onnx: Uint8Array, rows: readonly (readonly number[])[], engine?: EngineName): Promise<readonly number[]> {
  const runner = await createRunner(modelOf(await importModel(onnx, OPTIONS)), engine);
  const out = new Float64Array(rows.length);
  runner.predict(Float32Array.from(rows.flat()), rows.length, out);
  runner.close();
  return [...out];
}

/** Rows and the sums of the leaves that they reach, base included. */
const ROWS: readonly (readonly [row: readonly number[], margin: number])[] = [
  [[0, 0], -0.4 + 0.1 + 0.25],
  [[0.5, 0], 0.6 + 0.1 + 0.25],
  [[0.75, 2], 0.6 - 0.2 + 0.25],
  [[1, 5], 0.6 + 0.3 + 0.25],
  [[NaN, 1], -0.4 + 0.1 + 0.25],
  // Missing in both: yes in the first tree, no and then no in the second.
  [[NaN, NaN], -0.4 + 0.3 + 0.25],
];
const expected = ROWS.map(([, margin]) => 1 / (1 + Math.exp(-margin)));

describe("another tool's classifier, written byte by byte", () => {
  for (const zipMap of [false, true]) {
    it.each(['walker', 'onnxruntime'] as const)(
      `gives the probabilities worked by hand${zipMap ? ', behind a ZipMap' : ''}: %s`,
      async (engine) => {
        const given = await probabilities(
          handClassifier({ zipMap }),
          ROWS.map(([row]) => row),
          engine,
        );
        given.forEach((value, k) => expect(Math.abs(value - expected[k])).toBeLessThan(TOLERANCE));
      },
    );
  }
  it('is served by the walker where that agrees on every row of the smoke run', async () => {
    const draft = await importModel(handClassifier({ zipMap: true }), OPTIONS);
    expect(draft).toMatchObject({
      engine: 'walker',
      parity: { rows: 2000, differing: 0, engines: ['walker', 'onnxruntime'] },
      source: { file: 'theirs.onnx', producer: 'OnnxMLTools 1.12.0', output: 'probabilities' },
      inputs: INPUTS,
    });
  });
  it('is served by ONNX Runtime where its branches are of another kind: here the threshold itself is a yes', async () => {
    const onnx = handClassifier({ mode: 'BRANCH_LEQ' });
    const draft = await importModel(onnx, OPTIONS);
    expect([draft.engine, draft.parity]).toEqual(['onnxruntime', undefined]);
    const [onThreshold] = await probabilities(onnx, [[0.5, 0]]);
    expect(Math.abs(onThreshold - expected[0])).toBeLessThan(TOLERANCE);
    await expect(createRunner(modelOf(draft), 'walker')).rejects.toThrow('holds no trees that can be walked (branches of mode BRANCH_LEQ)');
  });
  it('keeps the file as it came', async () => {
    const onnx = handClassifier({ zipMap: true });
    expect((await importModel(onnx, OPTIONS)).onnx).toBe(onnx);
  });
  it('takes the output by name, also by the name of the maps', async () => {
    for (const output of ['probabilities', 'output_probability']) {
      expect((await importModel(handClassifier({ zipMap: true }), { ...OPTIONS, output })).source?.output).toBe('probabilities');
    }
  });
});

const classifier: NodeText = {
  op: 'TreeEnsembleClassifier',
  domain: 'ai.onnx.ml',
  inputs: ['x'],
  outputs: ['label', 'p'],
  attributes: handTrees(),
};
const file = (nodes: readonly NodeText[], more: Partial<Parameters<typeof onnxFile>[0]> = {}): Uint8Array =>
  onnxFile({
    nodes,
    inputs: [tensor('x', TYPE.float, ['N', 2])],
    outputs: [tensor('label', TYPE.int64, ['N']), tensor('p', TYPE.float, ['N', 2])],
    ...more,
  });

describe('an import is refused in one line', () => {
  it.each<[string, Uint8Array, Partial<typeof OPTIONS> & { output?: string }, string | RegExp]>([
    ['no ONNX', new TextEncoder().encode('hello'), {}, /^theirs.onnx: it is no ONNX model \(.+\); export it/],
    ['an empty file', new Uint8Array(0), {}, /^theirs.onnx: it is no ONNX model/],
    [
      'a domain that is not known',
      file([classifier], {
        opsets: [
          ['ai.onnx.ml', 1],
          ['com.acme', 1],
        ],
      }),
      {},
      /uses the operators of com.acme/,
    ],
    [
      'a version that is not known',
      file([classifier], { opsets: [['ai.onnx.ml', 9]] }),
      {},
      /uses version 9 of ai.onnx.ml; known are 1 to 5/,
    ],
    ['doubles', file([classifier], { inputs: [tensor('x', TYPE.double, ['N', 2])] }), {}, /its input "x" is not float32 \[N, columns\]/],
    [
      'two inputs',
      file([classifier], { inputs: [tensor('x', TYPE.float, ['N', 1]), tensor('y', TYPE.float, ['N', 1])] }),
      {},
      /it has 2 inputs/,
    ],
    ['too few names', file([classifier]), { inputs: ['side'] }, /takes 2 columns, 1 were named: give --input once for each/],
    [
      'a name that is no feature',
      file([classifier]),
      { inputs: ['side', 'rsy(close,14)'] },
      /^model theirs: feature "rsy\(close,14\)", column 1: .*rsi/,
    ],
    ['an output that is not there', file([classifier]), { output: 'q' }, '--output q: theirs.onnx has label, p'],
    ['an output that holds labels', file([classifier]), { output: 'label' }, /^--output label: cannot be read/],
    ['a name that is no folder', file([classifier]), { name: '../x' }, /^model name "..\/x": take a-z/],
    [
      'sums that are no probabilities',
      file([{ ...classifier, op: 'TreeEnsembleRegressor', outputs: ['p'], attributes: regressor(5) }], {
        outputs: [tensor('p', TYPE.float, ['N', 1])],
      }),
      {},
      /no output holds probabilities: p gives 5/,
    ],
  ])('%s', async (_, onnx, changes, message) => {
    const failure = await importModel(onnx, { ...OPTIONS, ...changes }).then(
      () => null,
      (error: unknown) => error as Error,
    );
    expect(failure?.name).toBe('InputError');
    expect(failure?.message).toMatch(message);
    expect(failure?.message).not.toContain('\n');
  });
});

/** One leaf of that weight. */
function regressor(weight: number): ReturnType<typeof handTrees> {
  return [
    attribute.ints('nodes_treeids', [0]),
    attribute.ints('nodes_nodeids', [0]),
    attribute.ints('nodes_featureids', [0]),
    attribute.strings('nodes_modes', ['LEAF']),
    attribute.floats('nodes_values', [0]),
    attribute.ints('nodes_truenodeids', [0]),
    attribute.ints('nodes_falsenodeids', [0]),
    attribute.ints('target_treeids', [0]),
    attribute.ints('target_nodeids', [0]),
    attribute.ints('target_ids', [0]),
    attribute.floats('target_weights', [weight]),
    attribute.int('n_targets', 1),
    attribute.string('post_transform', 'NONE'),
  ];
}

describe('a file of ours', () => {
  const ensemble = ensembleOf(2, [0.5, { column: 1, below: 30, yes: 1, no: -1 }]);
  it('is taken back with its margins, not as probabilities', async () => {
    const onnx = encodeTreeEnsemble(ensemble, { inputs: INPUTS, producer: 'test' });
    const [low, high] = await probabilities(onnx, [
      [1, 20],
      [1, 40],
    ]);
    expect(low).toBeCloseTo(1 / (1 + Math.exp(-1.5)), 15);
    expect(high).toBeCloseTo(1 / (1 + Math.exp(0.5)), 15);
  });
  it('is refused under other inputs than it was written for', async () => {
    const onnx = encodeTreeEnsemble(ensemble, { inputs: ['side', 'rsi(close,7)'], producer: 'test' });
    await expect(importModel(onnx, OPTIONS)).rejects.toThrow('was written for other inputs than the card names');
  });
});
