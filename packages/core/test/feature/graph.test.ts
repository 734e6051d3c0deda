import { describe, expect, it } from 'vitest';
import { createFeatureGraph, ema, parseFeature, type FeatureSpec } from '../../src/index.ts';
import { closes, column, graphOf, tapeOf } from './market.ts';

const MINUTE = 60_000;

describe('feature graph', () => {
  it('computes equal features once, whatever they are part of', () => {
    const tape = tapeOf(closes([1, 2, 3, 4]));
    const graph = graphOf(
      tape,
      'ema(close,2)',
      'sub(ema(close,2),sma(close,2))',
      'ema(close,2)',
      'bollinger_middle(close,2)',
      'sma(close,2)',
    );
    expect(graph.columns[0]).toBe(graph.columns[2]);
    expect(graph.columns[3]).toBe(graph.columns[4]);
  });

  it('computes by hand-worked values through a nested expression', () => {
    // ema(2): seed 1.5, weight 2/3: 2.5, 3.5; sma(3): 2, 3; difference 0.5 each.
    expect(column('sub(ema(close,2),sma(close,3))', tapeOf(closes([1, 2, 3, 4])))).toEqual([NaN, NaN, 0.5, 0.5]);
    expect(column('mul(add(close,2),0.5)', tapeOf(closes([1, 2])))).toEqual([1.5, 2]);
    expect(column('div(1,close)', tapeOf(closes([4, 0])))).toEqual([0.25, 0]);
    expect(column('cross_over(close,2)', tapeOf(closes([1, 2, 3, 2, 3])))).toEqual([NaN, 0, 1, 0, 1]);
    expect(column('cross_under(close,2)', tapeOf(closes([3, 2, 1, 1, 2])))).toEqual([NaN, 0, 1, 0, 0]);
    expect(column('rolling_rank(close,3)', tapeOf(closes([5, 1, 3, 3, 0])))).toEqual([NaN, NaN, 2 / 3, 1, 1 / 3]);
    expect(column('bollinger_percent_b(close,2,1)', tapeOf(closes([1, 3, 3])))).toEqual([NaN, 1, 0.5]);
    // Log returns of ±ln 2 have mean 0 and deviation ln 2; four candles to the period double it.
    const volatility = column('realised_volatility(close,2,4)', tapeOf(closes([1, 2, 1])));
    expect(volatility[2]).toBeCloseTo(2 * Math.LN2, 14);
  });

  it('restarts the VWAP at 00:00 UTC of the opening time', () => {
    // From 23:58 on, one unit each at 1, 3, then a new day at 10, and 20 with three units.
    const rows = closes([1, 3, 10, 20]).map((bar, k) => ({ ...bar, volume: k === 3 ? 3 : 1 }));
    expect(column('vwap()', tapeOf(rows, MINUTE, Date.UTC(2025, 0, 1, 23, 58)))).toEqual([1, 2, 10, 17.5]);
  });

  it('sizes its columns to the room of the tape', () => {
    const graph = graphOf(tapeOf(closes([1, 2]), MINUTE, 0, 10), 'ema(close,2)', 'ema(close,2)@5m');
    expect(graph.columns.map((values) => values.length)).toEqual([10, 10]);
  });

  it('takes the tape’s own interval for the tape itself', () => {
    const graph = graphOf(tapeOf(closes([1, 2, 3]), 5 * MINUTE), 'ema(close,2)@5m', 'ema(close,2)');
    expect(graph.columns[0]).toBe(graph.columns[1]);
  });

  it.each([
    ['a range that leaves rows out', 1, 2, 'features are computed up to row 0, so no range can begin at 1'],
    ['a range beyond the tape', 0, 4, 'the tape has 3 rows, so no range can go from 0 to 4'],
  ])('refuses %s', (_, from, to, message) => {
    expect(() => graphOf(tapeOf(closes([1, 2, 3])), 'ema(close,2)').advance(from, to)).toThrow(new RangeError(message));
  });

  it.each<[string, FeatureSpec, string]>([
    ['unknown kind', { kind: 'emma', params: {}, inputs: ['close'] }, 'unknown feature "emma"; did you mean ema?'],
    ['unknown parameter', { kind: 'ema', params: { period: 3 }, inputs: ['close'] }, 'ema has no parameter "period"; it has length'],
    [
      'parameter out of range',
      { kind: 'ema', params: { length: 0 }, inputs: ['close'] },
      'ema: length must be a whole number from 1 to 100000, got 0',
    ],
    ['missing input', { kind: 'sub', params: {}, inputs: ['close'] }, 'sub reads 2 inputs (a, b), got 1'],
    [
      'lower interval',
      parseFeature('ema(close,3)@1m'),
      "feature ema(close,3)@1m: 1m is no multiple of the tape's 3 minutes; take one of 3m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 3d, 1w",
    ],
    [
      'interval off the grid, deep inside',
      parseFeature('sub(close,ema(close,3)@5m)'),
      "feature sub(close,ema(close,3)@5m): 5m is no multiple of the tape's 3 minutes; take one of 3m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 3d, 1w",
    ],
  ])('refuses a spec: %s', (_, spec, message) => {
    expect(() => createFeatureGraph(tapeOf([], 3 * MINUTE), [ema('close'), spec])).toThrow(new RangeError(message));
  });
});

describe('markets that do not move', () => {
  const flat = tapeOf(Array.from({ length: 60 }, () => ({ open: 0.1, high: 0.1, low: 0.1, close: 0.1, volume: 0 })));
  it.each([
    ['rsi(close,14)', 0],
    ['zscore(close,20)', 0],
    ['stddev(close,20)', 0],
    ['cci(20)', 0],
    ['stochastic_k(14,3)', 0],
    ['mfi(14)', 0],
    ['adx(14)', 0],
    ['plus_di(14)', 0],
    ['roc(close,10)', 0],
    ['bollinger_percent_b(close,20,2)', 0.5],
    ['bollinger_bandwidth(close,20,2)', 0],
    ['sma(close,20)', 0.1],
    ['rolling_rank(close,20)', 1],
    ['sma(volume,20)', 0],
    ['div(close,volume)', 0],
  ])('%s is %d', (text, expected) => {
    expect(column(text, flat)[59]).toBe(expected);
  });
});

describe.each([1, -1])('a market that moved once, %d, and then stood still for 30,000 candles', (sign) => {
  const still = tapeOf(closes(Array.from({ length: 30_000 }, (_, k) => (k < 20 ? 100 + sign * ((k * 7) % 5) : 100))));

  it.each(['rsi(close,14)', 'plus_di(14)', 'minus_di(14)'])('%s keeps its value while its averages fade, and ends at 0', (text) => {
    const values = column(text, still);
    expect(values[5000] / values[100]).toBeCloseTo(1, 9);
    expect(values[29_999]).toBe(0);
    const levels = new Set(values.slice(100).map((value) => value.toFixed(6)));
    expect(levels).toEqual(new Set([values[100].toFixed(6), '0.000000']));
  });

  it('adx stays where the last movement left it', () => {
    const values = column('adx(14)', still);
    expect(values[5000]).toBeGreaterThan(1);
    expect(values[29_999]).toBeCloseTo(values[5000], 9);
  });
});
