import type { InstrumentId, Tape } from '@orrery/core';
import { createFeatureGraph, parseFeature } from '@orrery/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSamples, defaultFeatures, featureColumns, type BarrierSettings, type SampleSet, type SignalMoment } from '../../src/index.ts';
import { seededRandom } from '../../src/random.ts';
import { tapeOf, type Candle } from '../tape.ts';

const BARRIERS: BarrierSettings = { unit: 'atr', atrLength: 3, takeProfit: 1, stopLoss: 1, maxCandles: 6, costBps: 5 };
const COLUMNS = featureColumns(['rsi(close,5)', 'log_return(close,1)', 'zscore(close,4)@15m', 'side']);
const SYMBOLS = [{ symbol: 'AUSDT' }, { symbol: 'BUSDT' }] as never;

/** A price that wanders, from a seed. */
function wandering(rows: number, seed: number, instrument = 0): Tape {
  const random = seededRandom(seed);
  let price = 100;
  const candles = Array.from({ length: rows }, (): Candle => {
    const open = price;
    price *= 1 + (random() - 0.5) / 50;
    return [open, Math.max(open, price) * (1 + random() / 200), Math.min(open, price) * (1 - random() / 200), price, 1 + random()];
  });
  return { ...tapeOf(candles), instrument: instrument as InstrumentId };
}
const every = (rows: number, step: number, instrument = 0): SignalMoment[] =>
  Array.from({ length: Math.ceil(rows / step) }, (_, k) => ({ instrument, row: k * step, side: k % 2 === 0 ? 1 : -1 }));
const sampleOf = (samples: SampleSet, k: number): unknown => ({
  features: [...samples.features.subarray(k * COLUMNS.length, (k + 1) * COLUMNS.length)],
  label: samples.labels[k],
  outcome: samples.outcome[k],
  end: samples.end[k],
  side: samples.side[k],
});
const build = (tapes: readonly Tape[], signals: readonly SignalMoment[]) =>
  buildSamples({ tapes, datasetSymbols: SYMBOLS }, '5m', signals, COLUMNS, BARRIERS);

describe('samples', () => {
  it('hold what the kernels of a backtest compute at the decision, in float32, then the side', () => {
    const tape = wandering(60, 1);
    const { samples } = build([tape], every(60, 7));
    const graph = createFeatureGraph(tape, COLUMNS.slice(0, 3).map(parseFeature));
    graph.advance(0, tape.length);
    expect(samples.count).toBeGreaterThan(4);
    for (let k = 0; k < samples.count; k++) {
      const expected = [...graph.columns.map((column) => Math.fround(column[samples.row[k]])), samples.side[k]];
      expect([...samples.features.subarray(k * 4, k * 4 + 4)]).toEqual(expected);
      expect(samples.start[k]).toBe(tape.closeTs[samples.row[k]]);
      expect(samples.end[k]).toBeGreaterThan(samples.start[k]);
    }
  });
  it('count what became of every signal', () => {
    const { samples, counts } = build([wandering(60, 1)], every(60, 7));
    expect(counts.signals).toBe(9);
    expect(counts.samples + counts.unfinished + counts.warmingUp).toBe(9);
    expect(counts.warmingUp, 'signals at rows 0, 7: the 15m score needs four closed candles, twelve rows').toBe(2);
    expect(counts.takeProfit + counts.stopLoss + counts.time).toBe(samples.count);
    expect(counts.wins).toBe(samples.labels.reduce((sum, label) => sum + label, 0));
  });
  it('stand in order of time, then of instrument, with weights of mean 1', () => {
    const tapes = [wandering(80, 1), wandering(80, 2, 1)];
    const { samples } = build(tapes, [...every(80, 5, 1), ...every(80, 5)]);
    const keys = Array.from({ length: samples.count }, (_, k) => samples.start[k] + samples.instrument[k]);
    expect(keys).toEqual(keys.toSorted((a, b) => a - b));
    expect(new Set(samples.instrument)).toEqual(new Set([0, 1]));
    expect(samples.weights.reduce((sum, weight) => sum + weight, 0) / samples.count).toBeCloseTo(1, 5);
  });
  it('do not change when the future is cut off, but for labels that had not been decided', () => {
    const shape = fc.record({
      seed: fc.integer({ min: 1, max: 1000 }),
      rows: fc.integer({ min: 20, max: 90 }),
      cut: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(shape, ({ seed, rows, cut }) => {
        const kept = Math.max(1, rows - cut);
        const whole = wandering(rows, seed);
        const { samples: all } = build([whole], every(rows, 3));
        const prefix = { ...whole, length: kept };
        const { samples: early } = build([prefix], every(kept, 3));
        const known = Array.from({ length: all.count }, (_, k) => k).filter((k) => all.end[k] <= whole.closeTs[kept - 1]);
        expect(Array.from({ length: early.count }, (_, k) => sampleOf(early, k))).toEqual(known.map((k) => sampleOf(all, k)));
      }),
    );
  });
});

describe('inputs', () => {
  it('have defaults without a scale: a tenfold price changes none of them', () => {
    const columns = defaultFeatures('5m');
    expect(columns).toHaveLength(29);
    expect(columns.filter((text) => text.endsWith('@1h'))).toHaveLength(5);
    const tape = wandering(700, 3);
    const tenfold = { ...tape };
    for (const name of ['open', 'high', 'low', 'close'] as const) tenfold[name] = tape[name].map((value) => value * 8);
    const specs = columns.filter((text) => text !== 'side').map(parseFeature);
    const [one, other] = [tape, tenfold].map((each) => {
      const graph = createFeatureGraph(each, specs);
      graph.advance(0, each.length);
      return graph.columns.map((column) => column[699]);
    });
    one.forEach((value, k) => expect(other[k], columns[k]).toBeCloseTo(value, 9));
    expect(one.every(Number.isFinite)).toBe(true);
  });
  it('of a higher interval are those that fit the base interval', () => {
    const higher = (interval: '1h' | '4h' | '1w'): readonly string[] => [
      ...new Set(
        defaultFeatures(interval)
          .map((text) => text.split('@')[1])
          .filter((text) => text !== undefined),
      ),
    ];
    expect([higher('1h'), higher('4h'), higher('1w')]).toEqual([['4h'], ['1d'], []]);
  });
  it('are canonical, and wrong ones are named', () => {
    expect(featureColumns([' rsi( close ) ', 'side'])).toEqual(['rsi(close,14)', 'side']);
    expect(() => featureColumns(['rsi(close,14)', 'rsi(close)'])).toThrow("--feature 'rsi(close,14)' was given twice: give it once");
    expect(() => featureColumns(['rsy(close)'])).toThrow(/^--feature 'rsy\(close\)': .*did you mean rsi/);
  });
  it('that no float32 holds are refused, not passed on as infinity', () => {
    const columns = featureColumns(['mul(close,1e40)']);
    expect(() => buildSamples({ tapes: [wandering(30, 1)], datasetSymbols: SYMBOLS }, '5m', every(30, 5), columns, BARRIERS)).toThrow(
      /more than a float32 holds; scale it/,
    );
  });
  it('of an interval that the base does not fit are refused', () => {
    const columns = featureColumns(['rsi(close,14)@3m']);
    expect(() => buildSamples({ tapes: [wandering(30, 1)], datasetSymbols: SYMBOLS }, '5m', [], columns, BARRIERS)).toThrow(/no multiple/);
  });
});
