import { createInstruments, DEFAULT_REQUEST, SignalBook, simulate, type RunRequest } from '@orrery/backtest';
import type { FundingSeries, RequestPrediction, Tape } from '@orrery/core';
import { syntheticTape, type Market, type SignalSample } from '@orrery/data';
import { hybrid } from '@orrery/strategies';
import { describe, expect, it } from 'vitest';
import { buildRunSamples, featureColumns, type SampledRun } from '../../src/index.ts';
import { tapeOf } from '../tape.ts';

const CLOSE = (row: number): number => (row + 1) * 300_000 - 1;
/** Ten candles whose closes are 100, 101, … 109. */
const TAPE = tapeOf(Array.from({ length: 10 }, (_, row) => [100 + row, 111, 99, 100 + row] as const));

/** A run over these tapes, one a symbol. */
function runOf(samples: readonly SignalSample[], runId = 'run-1', tapes: Readonly<Record<string, Tape>> = { AUSDT: TAPE }): SampledRun {
  const datasetSymbols = Object.entries(tapes).map(([symbol, tape]) => ({
    symbol,
    first: tape.closeTs[0]! - 299_999,
    last: tape.closeTs[tape.length - 1]!,
  }));
  return { runId, market: { tapes: Object.values(tapes), datasetSymbols } as unknown as SampledRun['market'], samples };
}
function sampleOf(
  signalId: number,
  rows: readonly [signal: number, entry: number, exit: number],
  changed: Partial<SignalSample> = {},
): SignalSample {
  const [signalTime, entryTime, exitTime] = rows.map(CLOSE) as [number, number, number];
  return {
    signalId,
    symbol: 'AUSDT',
    side: 'long',
    signalTime,
    entryTime,
    exitTime,
    outcome: 'take_profit',
    grossReturn: 0.02,
    netReturn: 0.019,
    win: true,
    weight: 1,
    confidence: 0.5,
    parts: [],
    quality: [],
    ...changed,
  };
}

describe('samples of virtual positions', () => {
  it('take their inputs at the signal, their label from the position, and weigh quality times uniqueness', () => {
    const run = runOf([
      sampleOf(2, [3, 4, 5], { side: 'short', outcome: 'graded_stop', grossReturn: -0.01, win: false, weight: 0.5 }),
      sampleOf(1, [1, 2, 5], { weight: 0.8 }),
    ]);
    const { samples, counts } = buildRunSamples([run], '5m', featureColumns(['lag(close,0)', 'side', 'sma(close,2)']));
    // Rows 2 and 3 are the first one's alone, rows 4 and 5 are shared: (1 + 1 + ½ + ½) / 4, and ½ for the second.
    const [first, second] = [0.8 * 0.75, 0.5 * 0.5];
    const mean = (first + second) / 2;
    expect(samples).toMatchObject({
      count: 2,
      features: Float32Array.of(101, 1, 100.5, 103, -1, 102.5),
      labels: Float32Array.of(1, 0),
      weights: Float32Array.of(first / mean, second / mean),
      start: Float64Array.of(CLOSE(1), CLOSE(3)),
      end: Float64Array.of(CLOSE(5), CLOSE(5)),
      row: Uint32Array.of(1, 3),
      side: Int8Array.of(1, -1),
      outcome: ['take-profit', 'graded-stop'],
      grossReturn: Float64Array.of(0.02, -0.01),
    });
    expect(counts).toMatchObject({ closed: 2, samples: 2, wins: 1, takeProfit: 1, gradedStop: 1 });
  });
  it('are dropped and counted where something else ended them, where their weight is 0, and in the warm-up', () => {
    const run = runOf([
      sampleOf(1, [0, 1, 2]),
      sampleOf(2, [3, 4, 5], { outcome: 'breaker' }),
      sampleOf(3, [3, 4, 5], { outcome: 'run_end' }),
      sampleOf(4, [3, 4, 5], { outcome: 'delisted' }),
      sampleOf(5, [3, 4, 5], { weight: 0 }),
      sampleOf(6, [3, 4, 5], { outcome: 'expired' }),
    ]);
    const { samples, counts } = buildRunSamples([run], '5m', featureColumns(['sma(close,2)']));
    expect(samples.count).toBe(1);
    expect(counts).toEqual({
      closed: 6,
      samples: 1,
      wins: 1,
      takeProfit: 0,
      stopLoss: 0,
      expired: 1,
      gradedStop: 0,
      cutShort: 3,
      weightless: 1,
      warmingUp: 1,
    });
  });
  it('come from several runs, as long as these go over other times or other symbols', () => {
    const later: Tape = { ...TAPE, closeTs: TAPE.closeTs.map((at) => at + 10 * 300_000) };
    const one = runOf([sampleOf(1, [3, 4, 5])]);
    const moved = (sample: SignalSample): SignalSample => ({
      ...sample,
      signalTime: sample.signalTime + 3_000_000,
      entryTime: sample.entryTime + 3_000_000,
      exitTime: sample.exitTime + 3_000_000,
    });
    const two = runOf([moved(sampleOf(1, [3, 4, 5])), sampleOf(2, [3, 4, 5], { symbol: 'BUSDT' })], 'run-2', { AUSDT: later, BUSDT: TAPE });
    const { samples } = buildRunSamples([two, one], '5m', ['side']);
    expect([...samples.start]).toEqual([CLOSE(3), CLOSE(3), CLOSE(13)]);
    expect([...samples.instrument]).toEqual([0, 1, 0]);
    expect([...samples.weights]).toEqual([1, 1, 1]);
    expect(() => buildRunSamples([one, runOf([], 'run-3')], '5m', ['side'])).toThrow(
      /^runs run-1 and run-3 both go over candles of AUSDT of the same time: train from one of them, or from runs of other times$/,
    );
  });
  it('are refused when they are of no candle of the run', () => {
    const odd = sampleOf(4, [3, 4, 5], { signalTime: CLOSE(3) + 1 });
    expect(() => buildRunSamples([runOf([odd])], '5m', ['side'])).toThrow(
      /^run run-1: the sample of signal 4 is of no candle of AUSDT that the run read/,
    );
  });
});

const SYMBOLS = ['AUSDT', 'BUSDT'];
const NO_FUNDING: FundingSeries = { times: new Float64Array(0), ratesE8: new Float64Array(0) };
const market = {
  tapes: SYMBOLS.map((_, instrument) => syntheticTape({ rows: 3000, seed: 5, instrument, interval: '5m' })),
  funding: SYMBOLS.map(() => NO_FUNDING),
  filters: SYMBOLS.map((symbol) => ({
    symbol,
    tickSize: '0.01',
    stepSize: '0.001',
    minQty: '0.001',
    maxQty: '100000',
    marketMaxQty: '100000',
    minNotional: '1',
  })),
  datasetSymbols: SYMBOLS.map((symbol) => ({ symbol, first: 0, last: 1 })),
  digest: '',
  synthetic: true,
  warnings: [],
} as unknown as Market;

describe('what is trained on is what will be asked', () => {
  it('hybrid: its model is asked at a signal with the inputs of the very sample, input by input', async () => {
    const columns = featureColumns(['side', 'rsi(close,14)', 'div(atr(14),close)', 'zscore(close,3)@15m', 'structure_break(3,3)']);
    const binding = { id: 'm', hash: 'h', inputs: columns, outputs: ['probability'] };
    const request: RunRequest = { ...DEFAULT_REQUEST, strategy: hybrid, strategyHash: null, params: {}, symbols: SYMBOLS, interval: '5m' };
    const instruments = createInstruments(market, request);
    const book = new SignalBook(instruments);
    const asked: RequestPrediction[] = [];
    await simulate(
      market,
      instruments,
      hybrid.build({}, { quality: binding }),
      request,
      {
        record(seq, pos, lane, message) {
          book.record(seq, pos, lane, message);
          if (message.type === 'RequestPrediction') asked.push(message);
        },
      },
      {
        fills: request.fills,
        predictions: {
          answer: (requests) =>
            requests.map(({ ts, instrument, requestId }) => ({
              type: 'PredictionReady',
              ts,
              instrument,
              requestId,
              modelHash: 'h',
              values: [0.6],
            })),
          fill: () => undefined,
        },
      },
    );
    const { samples } = buildRunSamples([{ runId: 'r', market, samples: [...book.samples] }], '5m', columns);
    expect(samples.count).toBeGreaterThan(20);
    const lines = new Set(asked.map(({ ts, instrument, input }) => [ts, instrument, ...input.map(Math.fround)].join(' ')));
    const width = columns.length;
    for (let k = 0; k < samples.count; k++) {
      const values = samples.features.subarray(k * width, (k + 1) * width);
      expect(lines).toContain([samples.start[k], samples.instrument[k], ...values].join(' '));
    }
  });
});
