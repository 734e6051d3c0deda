import { createHash } from 'node:crypto';
import { encodeTreeEnsemble, modelOf } from '@orrery/models';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  barrierLabels,
  BoosterProcess,
  DEFAULT_TRAIN_SETTINGS,
  ParityError,
  parityRows,
  proveModel,
  readBooster,
  requireParity,
  trainModel,
  treeEnsembleOf,
  type ModelOrigin,
  type SampleSet,
  type TrainSettings,
} from '../../src/index.ts';
import { matrixOf } from '../../src/train/matrix.ts';
import { boosterParameters } from '../../src/train/settings.ts';
import { ABSENT, LIBRARY } from '../library.ts';
import { noisyMatrix } from '../noise.ts';

const COLUMNS = ['rsi(close,14)', 'adx(14)', 'side'];
const SETTINGS: TrainSettings = {
  ...DEFAULT_TRAIN_SETTINGS,
  rounds: 60,
  patience: 10,
  learningRate: 0.2,
  folds: 3,
  embargo: 2,
  threads: 1,
};
const ORIGIN: ModelOrigin = {
  name: 'test',
  data: { symbols: ['AUSDT'], interval: '5m', from: 0, to: 1, digests: { AUSDT: 'x' } },
  strategy: { id: 'ema-cross', hash: null, params: { fast: 12 } },
  labels: barrierLabels(
    { unit: 'atr', atrLength: 14, takeProfit: 2, stopLoss: 2, maxCandles: 48, costBps: 10 },
    { signals: 900, samples: 900, wins: 450, takeProfit: 450, stopLoss: 450, time: 0, unfinished: 0, warmingUp: 0 },
  ),
  rows: 900,
};

/** Samples whose first column decides most of the label; one each five minutes, each known a candle later. */
function samplesOf(count: number, labels?: Float32Array): SampleSet {
  const noise = noisyMatrix(count, 3, 11);
  const start = Float64Array.from({ length: count }, (_, k) => k * 300_000);
  return {
    count,
    columns: COLUMNS,
    features: noise.values,
    labels: labels ?? noise.labels,
    weights: noise.weights,
    start,
    end: start.map((at) => at + 300_000),
    instrument: new Uint16Array(count),
    row: Uint32Array.from(start, (_, k) => k),
    side: new Int8Array(count).fill(1),
    outcome: Array.from({ length: count }, () => 'time' as const),
    grossReturn: new Float64Array(count),
  };
}
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('parity', () => {
  it('is to the bit: one row that differs by one ulp refuses the model', () => {
    const reference = { engine: 'a', margins: Float32Array.of(1, 2, 3) };
    expect(requireParity(reference, [{ engine: 'b', margins: Float32Array.of(1, 2, 3) }])).toEqual({
      rows: 3,
      differing: 0,
      engines: ['a', 'b'],
    });
    const other = { engine: 'b', margins: Float32Array.of(1, 2 + 2 ** -22, 3) };
    expect(() => requireParity(reference, [other])).toThrow(/refused: b and a differ on 1 of 3 rows, first on row 1/);
    expect(() => requireParity(reference, [{ engine: 'b', margins: Float32Array.of(1, 2) }])).toThrow(ParityError);
  });
});

describe.runIf(LIBRARY !== null)(`training ${ABSENT}`, () => {
  let booster: BoosterProcess;
  beforeAll(async () => {
    booster = await BoosterProcess.open(LIBRARY!);
  });
  afterAll(() => booster.close());
  const train = (settings: Partial<TrainSettings> = {}, samples = samplesOf(900)) =>
    trainModel(booster, samples, '5m', ORIGIN, { ...SETTINGS, ...settings });

  it('finds what is there to find, and proves its export on 50,000 rows', async () => {
    const stages = new Set<string>();
    const { draft, validation, parity, importances } = await trainModel(booster, samplesOf(900), '5m', ORIGIN, SETTINGS, {
      onProgress: (stage) => stages.add(stage),
    });
    expect(parity).toEqual({ rows: 50_000, differing: 0, engines: [expect.stringMatching(/^libxgboost \d/), 'walker', 'onnxruntime'] });
    // Wins are 0.8 above and 0.2 below: no model can do better than 0.8.
    expect(validation.raw.auc).toBeGreaterThan(0.72);
    expect(validation.raw.auc).toBeLessThan(0.85);
    expect(validation.calibrated.brier).toBeLessThan(validation.baseRate.brier - 0.05);
    expect(validation.folds.map(({ singleFeature }) => singleFeature.name)).toEqual(['rsi(close,14)', 'rsi(close,14)', 'rsi(close,14)']);
    expect(importances[0].name).toBe('rsi(close,14)');
    expect([...stages]).toEqual(['validating', 'training', 'proving']);
    const { card } = modelOf(draft);
    expect(card).toMatchObject({
      name: 'test',
      inputs: COLUMNS,
      calibration: { kind: 'platt' },
      seed: 1,
      rows: 900,
      parity: { differing: 0 },
    });
    expect(card.folds).toHaveLength(3);
    expect(card.labels).toMatchObject({ takeProfit: 450, maxCandles: 48 });
  });
  it('gives the same file and card for the same seed, with one thread or two, and another for another seed', async () => {
    const [first, again, two, other] = [await train(), await train(), await train({ threads: 2 }), await train({ seed: 2 })];
    expect(again.draft).toEqual(first.draft);
    expect(two.draft).toEqual(first.draft);
    expect(hashOf(other.draft.onnx)).not.toBe(hashOf(first.draft.onnx));
  });
  it('gives another file where only the calibration differs, so that both can be kept', async () => {
    const [platt, none] = [await train(), await train({ calibration: 'none' })];
    expect(hashOf(none.draft.onnx)).not.toBe(hashOf(platt.draft.onnx));
    expect([...none.validation.margins]).toEqual([...platt.validation.margins]);
  });
  it.each(['none', 'isotonic'] as const)('calibrates by %s', async (calibration) => {
    const { draft, validation } = await train({ calibration });
    expect(draft.calibration.kind).toBe(calibration);
    expect(validation.calibrated.auc).toBeGreaterThan(0.7);
  });
  it('learns nothing from labels that nothing explains, and its figures say so', async () => {
    const noise = noisyMatrix(900, 1, 99);
    const { validation } = await train({}, samplesOf(900, noise.labels));
    expect(Math.abs(validation.raw.auc - 0.5)).toBeLessThan(0.06);
    expect(validation.calibrated.brier).toBeGreaterThan(validation.baseRate.brier - 0.003);
  });
  it('is proven by the bytes that would be written: a leaf that was moved is refused', async () => {
    const samples = samplesOf(900);
    const all = matrixOf(
      samples,
      Int32Array.from({ length: 900 }, (_, k) => k),
    );
    const job = {
      type: 'train',
      parameters: boosterParameters(SETTINGS, 0.37),
      rounds: 20,
      train: all,
      validation: null,
      patience: 1,
      predict: [],
    } as const;
    const { model, baseMargin } = await booster.train(job);
    const ensemble = treeEnsembleOf(readBooster(model), baseMargin, 20);
    const rows = parityRows(all, ensemble, 1);
    const scored = await booster.score({ type: 'score', model, threads: 1, predict: [rows] });
    const reference = { engine: 'libxgboost', margins: scored.margins[0] };
    const { draft } = await train();
    const encoded = (leaf: Float32Array): typeof draft => ({
      ...draft,
      onnx: encodeTreeEnsemble({ ...ensemble, leaf }, { inputs: COLUMNS, producer: 'test' }),
    });
    await expect(proveModel(encoded(ensemble.leaf), rows, reference)).resolves.toMatchObject({ differing: 0 });
    const tampered = ensemble.leaf.slice();
    const at = tampered.findLastIndex((value) => Math.abs(value) > 0.001);
    tampered[at] *= 1.01;
    await expect(proveModel(encoded(tampered), rows, reference)).rejects.toThrow(
      /the exported model is refused: walker and libxgboost differ on \d+ of 50000 rows/,
    );
  });
  it('is not begun with too few samples, or with one class', async () => {
    await expect(train({}, samplesOf(100))).rejects.toThrow(
      '100 labelled samples are too few for 3 folds, which need 120; give more symbols or a longer --from/--to, or fewer --folds',
    );
    await expect(train({}, samplesOf(900, new Float32Array(900)))).rejects.toThrow(
      /^all 900 samples are losses, so there is nothing to tell apart/,
    );
    const early = Float32Array.from({ length: 900 }, (_, k) => (k < 300 ? k % 2 : 0));
    await expect(train({}, samplesOf(900, early))).rejects.toThrow(/^fold 1 of 900 samples: its training part has \d+ samples and 0 wins/);
  });
});
