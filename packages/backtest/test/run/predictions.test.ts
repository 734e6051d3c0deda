import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { filtered, parseFeature, type ModelReference, type Strategy, type StrategyDefinition } from '@orrery/core';
import { loadMarket, readColumns, SAMPLE, SAMPLE_ROOT } from '@orrery/data';
import { createRunner, encodeTreeEnsemble, modelOf, type ModelRunner, type TreeEnsemble } from '@orrery/models';
import { emaCross } from '@orrery/strategies';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_REQUEST, runBacktest, RunWriter, servedBy, verifyRun, type RunRequest, type VerifyOptions } from '../../src/index.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'orrery-predictions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const symbols = SAMPLE.symbols.slice(0, 2);
const market = await loadMarket({ root: SAMPLE_ROOT, symbols, interval: SAMPLE.interval, to: Date.UTC(2025, 0, 11) });

/** A momentum of one candle below 0 gives 2, any other −2: probabilities of 0.88 and 0.12. */
const TREES: TreeEnsemble = {
  inputs: 1,
  roots: Int32Array.of(0),
  feature: Int32Array.of(0, -1, -1),
  threshold: Float32Array.of(0, 0, 0),
  yes: Int32Array.of(1, 0, 0),
  no: Int32Array.of(2, 0, 0),
  missingYes: new Uint8Array(3),
  leaf: Float32Array.of(0, 2, -2),
};
const INPUTS = ['roc(close,1)'];
const model = modelOf({
  name: 'dip',
  engine: 'walker',
  inputs: INPUTS,
  calibration: { kind: 'none' },
  versions: {},
  onnx: encodeTreeEnsemble(TREES, { inputs: INPUTS, producer: 'test' }),
});
const runner = await createRunner(model);
const reference: ModelReference = { name: 'dip', id: model.id, hash: model.card.hash, inputs: INPUTS, outputs: ['probability'] };
const served = servedBy(new Map([[model.id, runner]]));

/** Long after a fall, flat otherwise, by a column that the model fills at every candle. */
const byColumn: StrategyDefinition = {
  id: 'by-column',
  description: '',
  params: {},
  models: ['dip'],
  build: (_, models): Strategy<unknown> => ({
    id: 'by-column',
    scope: 'instrument',
    features: [parseFeature('roc(close,1)')],
    models: [
      {
        id: models?.['dip']?.id ?? '',
        hash: models?.['dip']?.hash ?? '',
        inputs: [parseFeature('roc(close,1)')],
        outputs: ['probability'],
      },
    ],
    initialState: () => null,
    decide: (_state, candle, desk) => desk.targetShare(candle.instrument, candle.feature(1) > 0.5 ? 1 : 0),
  }),
};
/** The same without a model. */
const byFeature: StrategyDefinition = {
  ...byColumn,
  models: [],
  build: () => ({
    ...byColumn.build({}, { dip: reference }),
    models: [],
    decide: (_state, candle, desk) => desk.targetShare(candle.instrument, candle.feature(0) < 0 ? 1 : 0),
  }),
};
const byAsking = filtered(emaCross, { model: 'dip' });

const requestOf = (strategy: StrategyDefinition): RunRequest => ({
  ...DEFAULT_REQUEST,
  strategy,
  strategyHash: null,
  params: {},
  models: strategy.models.length === 0 ? [] : [reference],
  symbols,
  interval: SAMPLE.interval,
});
async function kept(strategy: StrategyDefinition, name: string): Promise<string> {
  const writer = new RunWriter(path.join(folder, name), 'full');
  const backtest = await runBacktest(requestOf(strategy), market, { recorders: writer.recorders, predictions: served, bounds: 'never' });
  return writer.commit(backtest, null, SAMPLE_ROOT);
}
const verifyOptions = (strategy: StrategyDefinition, more: Partial<VerifyOptions> = {}): VerifyOptions => ({
  loadStrategy: () => Promise.resolve({ strategy, hash: null }),
  loadMarket: () => Promise.resolve(market),
  blockRows: 97,
  ...more,
});
/** Another model under the same hash, as another version of a runtime could be: a little less sure. */
const drifted: ModelRunner = {
  hash: runner.hash,
  inputs: runner.inputs,
  outputs: runner.outputs,
  margins: () => {},
  close: () => {},
  predict(rows, count, out) {
    runner.predict(rows, count, out);
    for (let k = 0; k < count; k++) out[k] -= 0.25;
  },
};

describe('prediction columns', () => {
  it('are read by the strategy at the candle that they are of, in blocks of any size', async () => {
    const byHand = await runBacktest(requestOf(byFeature), market, { bounds: 'never' });
    expect(byHand.result.trades.length).toBeGreaterThan(50);
    for (const blockRows of [1, 64, 4096]) {
      const { result } = await runBacktest(requestOf(byColumn), market, { predictions: served, bounds: 'never', blockRows });
      expect(result.digest).toBe(byHand.result.digest);
    }
  });
  it('are kept in the run, one file a symbol, under their hash', async () => {
    const run = await kept(byColumn, 'columns');
    const { files } = JSON.parse(readFileSync(path.join(run, 'manifest.json'), 'utf8')) as { files: Record<string, string> };
    expect(Object.keys(files)).toEqual(['result.json', 'series.json', ...symbols.map((symbol) => `predictions-${symbol}.arrow`)]);
    const [column] = readColumns(path.join(run, `predictions-${symbols[0]}.arrow`));
    expect(column.length).toBe(market.tapes[0].length);
    expect(column[0]).toBeNaN();
    expect(new Set(column.subarray(1).map((value) => Math.round(value * 100)))).toEqual(new Set([88, 12]));
  });
  it('tell the run again without the model, and show how far it has drifted', async () => {
    const run = await kept(byColumn, 'again');
    expect(await verifyRun(run, verifyOptions(byColumn))).toMatchObject({ isSame: true, drift: null });
    const loadModels: VerifyOptions['loadModels'] = () => Promise.resolve(servedBy(new Map([[model.id, drifted]])));
    const { isSame, drift } = await verifyRun(run, verifyOptions(byColumn, { loadModels, rescore: true }));
    const rows = market.tapes.reduce((sum, { length }) => sum + length, 0);
    // The first row of each symbol has no momentum, hence no prediction, then and now.
    expect({ isSame, drift }).toEqual({ isSame: true, drift: { compared: rows, differing: rows - symbols.length, largest: 0.25 } });
  });
  it('are refused once they were changed', async () => {
    const run = await kept(byColumn, 'changed');
    const file = path.join(run, `predictions-${symbols[1]}.arrow`);
    writeFileSync(file, readFileSync(file).subarray(0, -8));
    await expect(verifyRun(run, verifyOptions(byColumn))).rejects.toThrow(`${file}: was changed since the run was written`);
  });
});

describe('answers', () => {
  it('are taken from the journal, and compared when that is asked for', async () => {
    const run = await kept(byAsking, 'asking');
    expect(await verifyRun(run, verifyOptions(byAsking))).toMatchObject({ isSame: true, divergence: null });
    const loadModels: VerifyOptions['loadModels'] = () => Promise.resolve(servedBy(new Map([[model.id, drifted]])));
    const { isSame, drift } = await verifyRun(run, verifyOptions(byAsking, { loadModels, rescore: true }));
    expect(isSame).toBe(true);
    expect(drift?.differing).toBe(drift?.compared);
    expect(drift?.compared).toBeGreaterThan(20);
    expect(drift?.largest).toBeCloseTo(0.25, 12);
  });
  it('have to come from somewhere', async () => {
    await expect(runBacktest(requestOf(byAsking), market, { bounds: 'never' })).rejects.toThrow(
      'strategy ema-cross-filtered asks for predictions, and no model is given',
    );
    await expect(runBacktest(requestOf(byAsking), market, { bounds: 'never', predictions: servedBy(new Map()) })).rejects.toThrow(
      `reads model ${model.id}, and it is not given; give it with --model`,
    );
    await expect(runBacktest({ ...requestOf(byAsking), models: [] }, market, { bounds: 'never' })).rejects.toThrow(
      'strategy ema-cross-filtered: it needs a model "dip", and none is given',
    );
  });
});
