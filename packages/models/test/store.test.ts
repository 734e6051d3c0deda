import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeTreeEnsemble, findModel, listModels, readModel, writeModel, type ModelDraft } from '../src/index.ts';
import { attribute, onnxFile, tensor, TYPE } from './onnx-bytes.ts';
import { ensembleOf } from './make-ensemble.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'orrery-models-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;
const fresh = (): string => path.join(root, String(folders++));

const INPUTS = ['side', 'rsi(close,14)'];
const ENSEMBLE = ensembleOf(2, [0.5, { column: 1, below: 30, yes: 1, no: -1 }]);
const draft = (changes: Partial<ModelDraft> = {}): ModelDraft => ({
  name: 'ema-filter',
  engine: 'walker',
  inputs: INPUTS,
  calibration: { kind: 'platt', a: 1.5, b: -0.25 },
  versions: { orrery: '0.1.0' },
  seed: 7,
  metrics: { auc: 0.51 },
  onnx: encodeTreeEnsemble(ENSEMBLE, { inputs: INPUTS, producer: 'test' }),
  ...changes,
});

describe('a written model', () => {
  it('is named by its content, and reads back as it was', async () => {
    const models = fresh();
    const given = draft();
    const id = await writeModel(models, given);
    const hash = createHash('sha256').update(given.onnx).digest('hex');
    expect(id).toBe(`ema-filter-${hash.slice(0, 12)}`);
    const { card, onnx, folder } = await readModel(path.join(models, id));
    expect(folder).toBe(path.join(models, id));
    expect(Buffer.from(onnx).equals(given.onnx)).toBe(true);
    expect(card).toEqual({
      schema: 'orrery.model/1',
      name: 'ema-filter',
      hash,
      engine: 'walker',
      inputs: INPUTS,
      featureHash: createHash('sha256').update('side\nrsi(close,14)').digest('hex'),
      outputs: ['probability'],
      calibration: { kind: 'platt', a: 1.5, b: -0.25 },
      versions: { orrery: '0.1.0' },
      seed: 7,
      metrics: { auc: 0.51 },
    });
  });
  it('may be written twice, and leaves nothing half written', async () => {
    const models = fresh();
    const [one, two] = await Promise.all([writeModel(models, draft()), writeModel(models, draft({ name: 'other' }))]);
    expect(await writeModel(models, draft())).toBe(one);
    expect(readdirSync(models).sort()).toEqual([one, two].sort());
    expect(readdirSync(path.join(models, one)).sort()).toEqual(['card.json', 'model.onnx']);
  });
  it('is not written over with another card', async () => {
    const models = fresh();
    const id = await writeModel(models, draft());
    await expect(writeModel(models, draft({ calibration: { kind: 'none' } }))).rejects.toThrow(
      `${path.join(models, id)}: holds the same model.onnx with another card`,
    );
    expect((await readModel(path.join(models, id))).card.calibration.kind).toBe('platt');
  });
  it('is found by its folder, its id, or the start of that', async () => {
    const models = fresh();
    const id = await writeModel(models, draft());
    const folder = path.join(models, id);
    for (const text of [folder, id, 'ema-f']) expect(await findModel(models, text)).toBe(folder);
    await writeModel(models, draft({ name: 'ema-filter2' }));
    await expect(findModel(models, 'ema-f')).rejects.toThrow(
      /^model ema-f: fits 2 models \(ema-filter-\w+, ema-filter2-\w+\): give more of the id$/,
    );
    await expect(findModel(models, 'none')).rejects.toThrow('has that id; see orrery models list');
    await expect(findModel(models, './none')).rejects.toThrow('no folder with a card.json in it');
  });
  it('stands in the list, with a line for each folder that holds none', async () => {
    const models = fresh();
    const id = await writeModel(models, draft());
    mkdirSync(path.join(models, 'empty'));
    cpSync(path.join(models, id), path.join(models, 'moved'), { recursive: true });
    const { models: listed, broken } = await listModels(models);
    expect(listed.map((model) => model.id)).toEqual([id]);
    expect(broken).toEqual([
      `${path.join(models, 'empty', 'card.json')}: is not there; name a model's folder, see orrery models list`,
      `${path.join(models, 'moved')}: holds model ${id}; rename the folder to that`,
    ]);
    expect(await listModels(path.join(root, 'nowhere'))).toEqual({ models: [], broken: [] });
  });
  it('takes away what a process that was killed left behind', async () => {
    const models = fresh();
    mkdirSync(path.join(models, '.writing-999999999-x-1'), { recursive: true });
    await writeModel(models, draft());
    expect(existsSync(path.join(models, '.writing-999999999-x-1'))).toBe(false);
  });
});

describe('a model is refused in one line that names the file', () => {
  type Change = (folder: string) => void;
  const card =
    (change: (card: Record<string, unknown>) => void): Change =>
    (folder) => {
      const file = path.join(folder, 'card.json');
      const content = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      change(content);
      writeFileSync(file, JSON.stringify(content));
    };
  /** Puts another file in the model's place, with the hash that fits it. */
  const file =
    (onnx: Uint8Array): Change =>
    (folder) => {
      writeFileSync(path.join(folder, 'model.onnx'), onnx);
      card((content) => (content['hash'] = createHash('sha256').update(onnx).digest('hex')))(folder);
    };
  const trees = (values: readonly number[], opset = 3): Uint8Array =>
    onnxFile({
      opsets: [['ai.onnx.ml', opset]],
      inputs: [tensor('rows', TYPE.float, ['N', 2])],
      outputs: [tensor('margin', TYPE.float, ['N', 1])],
      nodes: [
        {
          op: 'TreeEnsembleRegressor',
          domain: 'ai.onnx.ml',
          inputs: ['rows'],
          outputs: ['margin'],
          attributes: [
            attribute.ints('nodes_treeids', [0, 0, 0]),
            attribute.ints('nodes_nodeids', [0, 1, 2]),
            attribute.ints('nodes_featureids', [1, 0, 0]),
            attribute.strings('nodes_modes', ['BRANCH_LT', 'LEAF', 'LEAF']),
            attribute.floats('nodes_values', values),
            attribute.ints('nodes_truenodeids', [1, 0, 0]),
            attribute.ints('nodes_falsenodeids', [2, 0, 0]),
            attribute.ints('target_treeids', [0, 0]),
            attribute.ints('target_nodeids', [1, 2]),
            attribute.ints('target_ids', [0, 0]),
            attribute.floats('target_weights', [1, -1]),
            attribute.int('n_targets', 1),
          ],
        },
      ],
    });
  it.each<[string, Change, RegExp]>([
    [
      'a changed file',
      (folder) => writeFileSync(path.join(folder, 'model.onnx'), 'x', { flag: 'a' }),
      /model.onnx: its SHA-256 is \w{12}…, the card says/,
    ],
    ['a missing file', (folder) => rmSync(path.join(folder, 'model.onnx')), /model.onnx: is not there/],
    ['a missing card', (folder) => rmSync(path.join(folder, 'card.json')), /card.json: is not there/],
    ['a card that is no JSON', (folder) => writeFileSync(path.join(folder, 'card.json'), '{'), /card.json: is not JSON/],
    [
      'another schema',
      card((content) => (content['schema'] = 'orrery.model/9')),
      /card.json: field schema: "orrery.model\/9" is not "orrery.model\/1"/,
    ],
    [
      'inputs that do not parse',
      card((content) => (content['inputs'] = ['side', 'rsi(close'])),
      /card.json: field inputs: feature "rsi\(close", column/,
    ],
    [
      'inputs in another order',
      card((content) => (content['inputs'] = ['rsi(close,14)', 'side'])),
      /field inputs: their hash is not the card's featureHash/,
    ],
    [
      'inputs that are not canonical',
      card((content) => (content['inputs'] = ['side', 'rsi(close)'])),
      /rsi\(close\) is not the canonical rsi\(close,14\)/,
    ],
    ['an unknown calibration', card((content) => (content['calibration'] = { kind: 'beta' })), /card.json: field calibration/],
    ['a name that leaves the folder', card((content) => (content['name'] = '../x')), /card.json: field name: "..\/x" is no name/],
    ['an operator version that is not known', file(trees([0, 0, 0], 7)), /model.onnx: it uses version 7 of ai.onnx.ml; known are 1 to 5/],
    [
      'a threshold that is no number',
      file(trees([NaN, 0, 0])),
      /model.onnx: holds no trees that can be walked \(node 0 of tree 0 has the threshold NaN\)/,
    ],
    ['an infinite threshold', file(trees([Infinity, 0, 0])), /has the threshold Infinity/],
    [
      'a graph without trees',
      file(
        onnxFile({
          nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
          inputs: [tensor('x', TYPE.float, ['N', 2])],
          outputs: [tensor('y', TYPE.float, ['N', 2])],
        }),
      ),
      /model.onnx: holds no trees that can be walked \(0 tree ensembles\)/,
    ],
  ])('%s', async (_, change, message) => {
    const models = fresh();
    const folder = path.join(models, await writeModel(models, draft()));
    change(folder);
    const failure = await readModel(folder).then(
      () => null,
      (error: unknown) => error as Error,
    );
    expect(failure?.name).toBe('InputError');
    expect(failure?.message).toMatch(message);
    expect(failure?.message).toContain(folder);
    expect(failure?.message).not.toContain('\n');
  });
  it('reads one whose trees were written by another hand', async () => {
    const models = fresh();
    const folder = path.join(models, await writeModel(models, draft()));
    file(trees([30, 0, 0]))(folder);
    const { decoded } = await readModel(folder);
    expect(decoded.trees).toMatchObject({ kind: 'trees', link: 'none' });
  });
});
