import { describe, expect, it } from 'vitest';
import { chartCandles } from '../../src/data/chart-candles.ts';
import { renderReport } from '../../src/index.ts';
import { pageStructures, shareOf } from '../../src/structure/page-structures.ts';
import { structureSpecs } from '../../src/structure/structure-specs.ts';
import { withFeatures } from '../sample-features.ts';
import { sampleRun } from '../sample-run.ts';

const { specs } = structureSpecs(['structure(3,3,500)', 'structure(3,3,500)@1h'], '5m');
const symbolsOf = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `S${i}USDT`);

describe('charts with structures', () => {
  it('leaves candles unmerged where they are few enough, and draws both intervals on them', () => {
    const { candles } = sampleRun({ seed: 4, symbols: ['BTCUSDT'], days: 30 });
    const charts = chartCandles(candles, true);
    expect(charts.map(({ encoded, first }) => [encoded.shownInterval, encoded.time.length, encoded.isDetail, first])).toEqual([
      ['5m', 8640, false, 0],
    ]);
    const layers = pageStructures(charts, specs)?.layers ?? [];
    expect(layers.map(({ candles: chart, interval, intervalMs, text }) => [chart, interval, intervalMs, text])).toEqual([
      [0, '5m', 300_000, 'structure(3,3,500)'],
      [0, '1h', 3_600_000, 'structure(3,3,500)'],
    ]);
  });

  it('shows the last candles beside the merged ones where there are too many, and draws on those alone', () => {
    const { candles } = sampleRun({ seed: 4, symbols: symbolsOf(40), days: 10 });
    // 115,200 candles: 2,500 of each symbol merged, and 60,000 / 40 as they are
    const charts = chartCandles(candles, true).slice(0, 2);
    expect(charts.map(({ encoded, first }) => [encoded.shownInterval, encoded.time.length, encoded.isDetail, first])).toEqual([
      ['15m', 960, false, null],
      ['5m', 1500, true, 2880 - 1500],
    ]);
    expect(charts[1].encoded.time[0]).toBe((candles[0].time[1380] ?? 0) / 1000);
    expect(pageStructures(charts, specs)?.layers.map((layer) => layer.candles)).toEqual([1, 1]);
  });

  it('draws on the last candles what was found on all of them', () => {
    const { candles } = sampleRun({ seed: 4, symbols: ['BTCUSDT'], days: 2 });
    const [whole] = chartCandles(candles, true);
    const objects = pageStructures([whole], specs)?.layers.map((layer) => layer.total) ?? [];
    const end = pageStructures([{ ...whole, first: 570 }], specs)?.layers.map((layer) => layer.total) ?? [];
    // what is left over of two days in their last six candles
    for (const [k, total] of end.entries()) {
      expect(total).toBeGreaterThan(0);
      expect(total).toBeLessThan(objects[k]);
    }
  });

  it('says nothing for a run without structures, or with merged candles alone', () => {
    const { candles } = sampleRun({ seed: 4, symbols: ['BTCUSDT'], days: 30 });
    expect(pageStructures(chartCandles(candles, true), [])).toBeNull();
    expect(pageStructures(chartCandles(candles, false), specs)).toBeNull();
  });
});

describe('limits', () => {
  it('shares a sum: small ones keep all of theirs, large ones get the same', () => {
    expect(shareOf(100, [10, 20])).toBe(Infinity);
    // 10 and 20 fit; 70 are left for two
    expect(shareOf(100, [50, 10, 60, 20])).toBe(35);
    expect(shareOf(10, [7, 7])).toBe(5);
  });

  it('stays under 6 MB for a year of 5 m candles of one symbol with structures of two intervals', () => {
    const year = withFeatures(sampleRun({ seed: 8, symbols: ['BTCUSDT'], days: 365, tradesPerDay: 3 }), [
      'structure(3,3,500)',
      'structure(3,3,500)@1h',
    ]);
    expect(year.result.candles).toBe(365 * 288);
    expect(Buffer.byteLength(renderReport(year))).toBeLessThan(6_000_000);
  });

  it('stays under 8 MB for ten days of 5 m candles of 200 symbols', () => {
    const run = sampleRun({ seed: 9, symbols: symbolsOf(200), days: 10 });
    const page = renderReport(withFeatures(run, ['ict(structure(3,3,500)@15m,structure(3,3,500)@1h)']));
    expect(Buffer.byteLength(page)).toBeLessThan(8_000_000);
  });
});
