import { parseFeature, type BlockRange, type EpochMs, type InstrumentId, type ModelSpec, type RequestPrediction } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { createRunner, encodeTreeEnsemble, modelOf, PredictionServer, type ModelRunner } from '../src/index.ts';
import { ensembleOf, type Drawn } from './make-ensemble.ts';

/** One question: RSI below 30 gives ln 3, hence 3/4, any other −ln 3, hence 1/4. */
const LN3 = Math.fround(Math.log(3));
const TREE: Drawn = { column: 1, below: 30, yes: LN3, no: -LN3 };

async function runnerOf(inputs: readonly string[], tree: Drawn = TREE): Promise<ModelRunner> {
  const onnx = encodeTreeEnsemble(ensembleOf(2, [0, tree]), { inputs, producer: 'test' });
  return createRunner(modelOf({ name: 'm', engine: 'walker', inputs, calibration: { kind: 'none' }, versions: {}, onnx }));
}
const SIDED = await runnerOf(['side', 'rsi(close,14)']);
const COLUMNS = await runnerOf(['roc(close,1)', 'rsi(close,14)']);
const spec = (runner: ModelRunner, id: string, outputs: readonly string[] = []): ModelSpec => ({
  id,
  hash: runner.hash,
  inputs: runner.inputs.filter((input) => input !== 'side').map(parseFeature),
  outputs,
});
const request = (requestId: number, modelId: string, input: readonly number[]): RequestPrediction => ({
  type: 'RequestPrediction',
  ts: 1000 as EpochMs,
  instrument: 3 as InstrumentId,
  requestId,
  modelId,
  input,
});

describe('answers', () => {
  it('come in the order of the requests, whatever model they are for', () => {
    const server = new PredictionServer([spec(SIDED, 'a'), spec(COLUMNS, 'b')], [SIDED, COLUMNS]);
    const answers = server.answer([
      request(1, 'a', [1, 20]),
      request(2, 'b', [0, 40]),
      request(3, 'a', [-1, 50]),
      request(4, 'b', [0, 29]),
    ]);
    expect(answers.map((answer) => answer.requestId)).toEqual([1, 2, 3, 4]);
    expect(answers.map((answer) => (answer.type === 'PredictionReady' ? Math.round(answer.values[0] * 1e6) / 1e6 : answer.reason))).toEqual(
      [0.75, 0.25, 0.25, 0.75],
    );
    expect(answers[0]).toMatchObject({ type: 'PredictionReady', ts: 1000, instrument: 3, requestId: 1, modelHash: SIDED.hash });
  });
  it.each([1, 2, 3, 32])('do not depend on the %i rows that a model is handed at once', (batchRows) => {
    const requests = [1, -1, 1, -1, 1, 1, -1].map((side, k) => request(k + 1, 'a', [side, 7 * k]));
    const whole = new PredictionServer([spec(SIDED, 'a')], [SIDED]).answer(requests);
    expect(new PredictionServer([spec(SIDED, 'a')], [SIDED], batchRows).answer(requests)).toEqual(whole);
    expect(whole).toHaveLength(7);
  });
  it('say why where there is none, and spare the others', () => {
    const server = new PredictionServer([spec(SIDED, 'a')], [SIDED]);
    const answers = server.answer([request(1, 'a', [1]), request(2, 'z', [1, 2]), request(3, 'a', [1, 2])]);
    expect(answers.map((answer) => (answer.type === 'PredictionFailed' ? answer.reason : answer.type))).toEqual([
      'a takes 2 inputs, got 1',
      'no model z is served',
      'PredictionReady',
    ]);
  });
  it('are failures, not exceptions, where a model breaks', () => {
    const broken: ModelRunner = {
      hash: SIDED.hash,
      inputs: SIDED.inputs,
      outputs: SIDED.outputs,
      predict: () => {
        throw new Error('out of\n memory');
      },
      margins: () => {},
      close: () => {},
    };
    const silent: ModelRunner = { ...broken, predict: (_, count, out) => void out.fill(NaN, 0, count) };
    expect(new PredictionServer([spec(SIDED, 'a')], [broken]).answer([request(1, 'a', [1, 2])])).toMatchObject([
      { type: 'PredictionFailed', reason: 'out of memory' },
    ]);
    expect(new PredictionServer([spec(SIDED, 'a')], [silent]).answer([request(1, 'a', [1, 2])])).toMatchObject([
      { type: 'PredictionFailed', reason: 'a gave no number' },
    ]);
  });
});

describe('columns', () => {
  const block = (instrument: number, from: number, to: number): readonly BlockRange[] => [{ instrument, from, to }];
  const features = [parseFeature('rsi(close,14)'), parseFeature('atr(5)'), parseFeature('roc(close,1)')];
  it('are filled for the rows of the block alone, NaN where an input has no value', () => {
    const server = new PredictionServer([spec(SIDED, 'a'), spec(COLUMNS, 'b', ['probability'])], [SIDED, COLUMNS]);
    const rsi = Float64Array.of(10, 10, NaN, 40, 20, 10);
    const other = new Float64Array(6);
    const out = new Float64Array(6).fill(-1);
    server.fill(block(1, 1, 5), { features, columns: [[], [rsi, other, other]], predictions: [[], [out]] });
    expect([...out].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([-1, 0.75, NaN, 0.25, 0.75, -1]);
  });
  it('are the same whatever the blocks', () => {
    const server = new PredictionServer([spec(COLUMNS, 'b', ['probability'])], [COLUMNS]);
    const rsi = Float64Array.from({ length: 5000 }, (_, row) => (row * 7) % 60);
    const filled = (step: number): Float64Array => {
      const out = new Float64Array(5000);
      for (let from = 0; from < 5000; from += step) {
        const to = Math.min(5000, from + step);
        server.fill(block(0, from, to), { features, columns: [[rsi, rsi, rsi]], predictions: [[out]] });
      }
      return out;
    };
    expect(filled(5000)).toEqual(filled(7));
  });
  it('need features that the strategy declares', () => {
    const server = new PredictionServer([spec(COLUMNS, 'b', ['probability'])], [COLUMNS]);
    const table = { features: features.slice(1), columns: [[]], predictions: [[new Float64Array(1)]] };
    expect(() => server.fill(block(0, 0, 1), table)).toThrow("model b: reads rsi(close,14), which is not among the strategy's features");
  });
});

describe('a server is not made', () => {
  it.each<[string, ModelSpec, ModelRunner | undefined, string]>([
    ['of another file', { ...spec(SIDED, 'a'), hash: 'f'.repeat(64) }, SIDED, 'was built for another file'],
    ['of nothing', spec(SIDED, 'a'), undefined, 'was built for another file'],
    ['to give columns that would need a side', spec(SIDED, 'a', ['probability']), SIDED, 'reads the side of a signal'],
    ['to give more outputs than there are', spec(COLUMNS, 'b', ['probability', 'other']), COLUMNS, 'gives 1 outputs, not 2'],
  ])('%s', (_, given, runner, message) => {
    expect(() => new PredictionServer([given], runner === undefined ? [] : [runner])).toThrow(message);
  });
});
