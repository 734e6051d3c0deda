import { describe, expect, it } from 'vitest';
import type { ReportCandles } from '../../src/index.ts';
import { candleTape } from '../../src/structure/candle-tape.ts';
import { structureLayer } from '../../src/structure/structure-layer.ts';
import { structureSpecs } from '../../src/structure/structure-specs.ts';

const MINUTES = 60_000;

/** Candles of 5 m from midnight on, each a tenth around its close, so that swings are the extremes of the closes. */
function candlesOf(closes: readonly number[]): ReportCandles {
  return {
    symbol: 'X',
    interval: '5m',
    time: closes.map((_, i) => i * 5 * MINUTES),
    open: closes,
    high: closes.map((close) => close + 0.5),
    low: closes.map((close) => close - 0.5),
    close: closes,
    volume: closes.map(() => 1),
  };
}
const find = (closes: readonly number[], feature: string): readonly object[] => {
  const { specs } = structureSpecs([feature], '5m');
  return structureLayer(candleTape(candlesOf(closes), '5m'), specs[0]).filter(({ kind }) => kind === 'swing' || kind.endsWith('structure'));
};

describe('structureLayer', () => {
  it('finds swings and their break on the run’s own candles', () => {
    // the high in row 2 stands one candle to its right later; row 5 closes beyond its 12.5
    const found = find([10, 11, 12, 11, 11.5, 13], 'structure(1,1,20)');
    expect(found).toMatchObject([
      { kind: 'swing', direction: 1, origin: 2, knownAt: 3, top: 12.5, endRow: 5 },
      { kind: 'swing', direction: -1, origin: 3, knownAt: 4, top: 10.5 },
      { kind: 'break_of_structure', direction: 1, origin: 2, knownAt: 5, top: 12.5, endRow: 5 },
    ]);
  });

  it('tells those of a higher interval in base rows: from the first row of a candle, known at the row that closes one', () => {
    // candles of 15 m are rows 0–2, 3–5, 6–8, 9–11; the second has the high, and row 8 closes the one that confirms it;
    // the fourth closes at 13, beyond 12.5, and confirms the low of the third
    const closes = [10, 10, 10, 11, 12, 11, 11, 10.8, 10.9, 11, 12, 13];
    expect(find(closes, 'structure(1,1,20)@15m')).toMatchObject([
      { kind: 'swing', direction: 1, origin: 3, knownAt: 8, top: 12.5, endRow: 11 },
      { kind: 'swing', direction: -1, origin: 6, knownAt: 11, top: 10.8 - 0.5, endRow: null },
      { kind: 'break_of_structure', direction: 1, origin: 3, knownAt: 11, top: 12.5 },
    ]);
  });

  it('waits for the row that closes a higher candle: without it nothing is known', () => {
    const closes = [10, 10, 10, 11, 12, 11, 11, 10.8];
    expect(find(closes, 'structure(1,1,20)@15m')).toEqual([]);
  });
});
