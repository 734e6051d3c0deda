import { createInstruments, DEFAULT_REQUEST, simulate } from '@orrery/backtest';
import { filtered, type FundingSeries, type RequestPrediction } from '@orrery/core';
import { syntheticTape, type Market } from '@orrery/data';
import { bollingerReversion, donchianBreakout, emaCross } from '@orrery/strategies';
import { describe, expect, it } from 'vitest';
import { buildSamples, collectSignals, featureColumns, type BarrierSettings } from '../../src/index.ts';

// All have values before the strategies' own do: a signal that lacks an input is refused, and what is refused changes what comes next.
const COLUMNS = featureColumns(['side', 'rsi(close,14)', 'div(atr(14),close)', 'zscore(close,3)@15m']);
const BARRIERS: BarrierSettings = { unit: 'percent', atrLength: 1, takeProfit: 1, stopLoss: 1, maxCandles: 1, costBps: 0 };
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
  datasetSymbols: SYMBOLS.map((symbol) => ({ symbol })),
  digest: '',
  synthetic: true,
  warnings: [],
} as unknown as Market;

describe('what is trained on is what will be asked', () => {
  it.each([emaCross, donchianBreakout, bollingerReversion])(
    '$id: a filter that lets all through asks of the very samples, input by input',
    async (base) => {
      const request = { strategy: base, strategyHash: null, params: {}, symbols: SYMBOLS, interval: '5m' } as const;
      const { signals, denied } = await collectSignals(market, request);
      expect(denied).toBe(0);
      const { samples, counts } = buildSamples(market, '5m', signals, COLUMNS, BARRIERS);
      const run = { ...DEFAULT_REQUEST, ...request, equity: '20000', makerFeeBps: 0, takerFeeBps: 0 };
      const binding = { id: 'm', hash: 'h', inputs: COLUMNS, outputs: [] };
      const strategy = filtered(base).build({ threshold: 0 }, { filter: binding });
      const asked: RequestPrediction[] = [];
      const answer = (requests: readonly RequestPrediction[]) =>
        requests.map(({ ts, instrument, requestId }) => ({
          type: 'PredictionReady' as const,
          ts,
          instrument,
          requestId,
          modelHash: 'h',
          values: [1],
        }));
      const recorder = {
        record: (_seq: number, _pos: number, _lane: string, message: { readonly type: string }) =>
          void (isRequest(message) && asked.push(message)),
      };
      await simulate(market, createInstruments(market, run), strategy, run, recorder, {
        fills: run.fills,
        predictions: { answer, fill: () => undefined },
      });
      const lines = asked.map(({ ts, instrument, input }) => [ts, instrument, ...input.map(Math.fround)].join(' '));
      const width = COLUMNS.length;
      const trained = Array.from({ length: samples.count }, (_, k) =>
        [samples.start[k], samples.instrument[k], ...samples.features.subarray(k * width, (k + 1) * width)].join(' '),
      );
      expect(trained.length).toBeGreaterThan(20);
      expect(lines.slice(0, trained.length)).toEqual(trained);
      // Those at the very end are asked about and have no label yet.
      expect(lines.length - trained.length).toBe(counts.unfinished);
    },
  );
});

function isRequest(message: { readonly type: string }): message is RequestPrediction {
  return message.type === 'RequestPrediction';
}
