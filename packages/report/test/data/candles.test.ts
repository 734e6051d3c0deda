import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCandles, type EncodedCandles } from '../../src/data/encode-candles.ts';
import { resampleCandles } from '../../src/data/resample-candles.ts';
import type { ReportCandles } from '../../src/index.ts';

const MINUTE = 60_000;

/** The page's own reading of the candles, run as it stands. */
function decode(encoded: EncodedCandles): readonly { time: number; open: number; high: number; low: number; close: number }[] {
  const script = readFileSync(new URL('../../assets/script/candle-data.js', import.meta.url), 'utf8');
  const decoder: (one: EncodedCandles) => ReturnType<typeof decode> = runInNewContext(
    `const report = {};\n${script};\nreport.decodeCandles`,
  );
  return JSON.parse(JSON.stringify(decoder(encoded)));
}

const twelve: ReportCandles = {
  symbol: 'BTCUSDT',
  interval: '5m',
  // from 00:50: one candle of 5 m in the first hour's last two, then ten in the next
  time: Array.from({ length: 12 }, (_, i) => (10 + i) * 5 * MINUTE),
  open: [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
  high: [10.5, 11.5, 12.5, 99, 14.5, 15.5, 16.5, 17.5, 18.5, 19.5, 20.5, 21.5],
  low: [9.5, 10.5, 11.5, 12.5, 13.5, 1, 15.5, 16.5, 17.5, 18.5, 19.5, 20.5],
  close: [11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22],
  volume: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
};

describe('resampleCandles', () => {
  it('merges on the UTC grid: first open, highest high, lowest low, last close', () => {
    const { candles, shownInterval, sourceInterval, resampled } = resampleCandles(twelve, 2);
    expect([sourceInterval, shownInterval, resampled]).toEqual(['5m', '1h', true]);
    expect(candles.time).toEqual([0, 60 * MINUTE]);
    expect([candles.open, candles.high, candles.low, candles.close]).toEqual([
      [10, 12],
      [11.5, 99],
      [9.5, 1],
      [12, 22],
    ]);
    expect(candles.volume).toEqual([1 + 2, 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12]);
  });

  it('takes the shortest interval that is short enough', () => {
    expect(resampleCandles(twelve, 5).shownInterval).toBe('15m');
    expect(resampleCandles(twelve, 11).shownInterval).toBe('15m');
  });

  it('leaves candles alone that are few enough', () => {
    expect(resampleCandles(twelve, 12)).toEqual({ candles: twelve, sourceInterval: '5m', shownInterval: '5m', resampled: false });
  });
});

describe('encodeCandles', () => {
  it('reads back in the page to the same prices and times', () => {
    const price = fc.integer({ min: 1, max: 9_999_999 });
    const rows = fc.array(fc.tuple(price, price, price, price), { maxLength: 30 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 6 }), (list, digits) => {
        const column = (k: number): number[] => list.map((row) => Number((row[k] / 10 ** digits).toFixed(digits)));
        const time = list.map((_, i) => 1_700_000_000_000 + i * i * 60_000);
        const candles = {
          symbol: 'X',
          interval: '1m',
          time,
          open: column(0),
          high: column(1),
          low: column(2),
          close: column(3),
          volume: time,
        };
        const bars = decode(encodeCandles(resampleCandles(candles, 100)));
        expect(bars.map((bar) => bar.time * 1000)).toEqual(time);
        for (const [k, name] of (['open', 'high', 'low', 'close'] as const).entries())
          expect(bars.map((bar) => bar[name])).toEqual(column(k));
      }),
      { numRuns: 40 },
    );
  });

  it('takes no more digits than the prices have', () => {
    expect(encodeCandles(resampleCandles(twelve, 100)).digits).toBe(1);
  });
});
