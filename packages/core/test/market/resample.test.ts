import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  candleOpenTime,
  createResampler,
  createTape,
  INTERVAL_MS,
  resampleTape,
  type InstrumentId,
  type Interval,
  type Tape,
} from '../../src/index.ts';
import { append, column, graphOf, START, tapeOf, type Bar } from '../feature/market.ts';

const MINUTE = 60_000;

/** Candle number k of a market in which every number tells which one it is. */
function bar(k: number): Bar {
  return { open: 100 + k, high: 200 + k, low: 50 - k, close: 101 + k, volume: 1 + k };
}

/** One-minute candles that opened the given numbers of minutes after 2025-01-01 00:00 UTC. */
function minutes(numbers: readonly number[]): Tape {
  const tape = createTape(0 as InstrumentId, MINUTE, numbers.length);
  for (const k of numbers) append(tape, bar(k), START + k * MINUTE);
  return tape;
}

/** Candles as "minute of opening: open high low close volume". */
function rows(tape: Tape): string[] {
  return Array.from({ length: tape.length }, (_, k) => {
    const openMinute = (tape.closeTs[k] + 1 - tape.intervalMs - START) / MINUTE;
    return `${openMinute}: ${tape.open[k]} ${tape.high[k]} ${tape.low[k]} ${tape.close[k]} ${tape.volume[k]}`;
  });
}

describe('resampling', () => {
  it('takes the first open, highest high, lowest low, last close and the sum of the volumes', () => {
    expect(rows(resampleTape(minutes([0, 1, 2, 3, 4, 5]), '3m'))).toEqual(['0: 100 202 48 103 6', '3: 103 205 45 106 15']);
  });

  it('shows a candle from the row that closes it on, and not a row earlier', () => {
    const base = minutes([0, 1, 2, 3, 4, 5, 6]);
    const resampler = createResampler(base, '3m');
    resampler.advance(0, 7);
    expect(Array.from(resampler.closed)).toEqual([0, 0, 1, 1, 1, 2, 2]);
    expect(column('lag(close,0)@3m', base)).toEqual([NaN, NaN, 103, 103, 103, 106, 106]);
  });

  it('leaves out a last candle that has not closed', () => {
    expect(rows(resampleTape(minutes([0, 1, 2, 3, 4]), '3m'))).toEqual(['0: 100 202 48 103 6']);
  });

  it('drops a first candle whose beginning is not on the tape', () => {
    expect(rows(resampleTape(minutes([1, 2, 3, 4, 5]), '3m'))).toEqual(['3: 103 205 45 106 15']);
    expect(column('lag(close,0)@3m', minutes([2, 3, 4, 5]))).toEqual([NaN, NaN, NaN, 106]);
  });

  it('drops an incomplete first candle that ends in a gap', () => {
    expect(rows(resampleTape(minutes([1, 3, 4, 5]), '3m'))).toEqual(['3: 103 205 45 106 15']);
  });

  it('closes a candle that lacks its last row when the next candle begins', () => {
    const base = minutes([0, 1, 4, 5]);
    const resampler = createResampler(base, '3m');
    resampler.advance(0, 4);
    expect(rows(resampler.tape)).toEqual(['0: 100 201 49 102 3', '3: 104 205 45 106 11']);
    expect(Array.from(resampler.closed)).toEqual([0, 0, 1, 2]);
  });

  it('closes two candles in one row when a gap is followed by a last row', () => {
    const resampler = createResampler(minutes([0, 1, 5]), '3m');
    resampler.advance(0, 3);
    expect(Array.from(resampler.closed)).toEqual([0, 0, 2]);
  });

  it('makes no candle of an interval without rows', () => {
    expect(rows(resampleTape(minutes([0, 1, 2, 9, 10, 11]), '3m'))).toEqual(['0: 100 202 48 103 6', '9: 109 211 39 112 33']);
  });

  it('counts from the epoch, and weeks from Monday', () => {
    // 2025-01-01 was a Wednesday; the Monday before it was 2024-12-30.
    expect(candleOpenTime(START + 5 * MINUTE, INTERVAL_MS['4h'])).toBe(START);
    expect(new Date(candleOpenTime(START, INTERVAL_MS['1w'])).toISOString()).toBe('2024-12-30T00:00:00.000Z');
    expect(new Date(candleOpenTime(Date.UTC(2024, 11, 30), INTERVAL_MS['1w'])).toISOString()).toBe('2024-12-30T00:00:00.000Z');
    expect(new Date(candleOpenTime(Date.UTC(2024, 11, 29, 23, 59), INTERVAL_MS['1w'])).toISOString()).toBe('2024-12-23T00:00:00.000Z');
  });

  it('refuses an interval that the base does not divide', () => {
    const base = tapeOf([], 3 * MINUTE);
    expect(() => createResampler(base, '5m')).toThrow(
      new RangeError("5m is no multiple of the tape's 3 minutes; take one of 3m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 3d, 1w"),
    );
    expect(() => createResampler(base, '1m')).toThrow(RangeError);
  });

  it('gives the same candles and counts for any ranges, on a tape that is there and on one that grows', () => {
    const intervals = fc.constantFrom<Interval>('3m', '5m', '15m', '1h');
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 200 }),
        fc.nat(70),
        intervals,
        fc.array(fc.nat(30)),
        (gaps, offset, interval, sizes) => {
          let at = offset;
          const numbers = gaps.map((gap, k) => (at += k % 5 === 0 ? gap : 1));
          const base = minutes(numbers);
          const whole = createResampler(base, interval);
          whole.advance(0, base.length);
          const growing = createTape(0 as InstrumentId, MINUTE, base.length);
          const parts = createResampler(growing, interval);
          let from = 0;
          for (const size of [...sizes, base.length]) {
            const to = Math.min(base.length, from + size);
            for (let k = from; k < to; k++) append(growing, bar(numbers[k]), START + numbers[k] * MINUTE);
            parts.advance(from, to);
            from = to;
          }
          expect(rows(parts.tape)).toEqual(rows(whole.tape));
          expect(Array.from(parts.closed)).toEqual(Array.from(whole.closed));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gives a feature the value that the same feature has on the higher tape', () => {
    const base = minutes(Array.from({ length: 120 }, (_, k) => k));
    const onBase = column('ema(close,3)@15m', base);
    const onHigher = column('ema(close,3)', resampleTape(base, '15m'));
    expect(onBase.filter((_, k) => k % 15 === 14)).toEqual(onHigher);
  });

  it('states the longest warm-up there can be', () => {
    // Begins a minute into a candle: 14 rows are lost, and three candles make the average.
    const base = minutes(Array.from({ length: 70 }, (_, k) => k + 1));
    const graph = graphOf(base, 'ema(close,3)@15m');
    graph.advance(0, base.length);
    expect(graph.columns[0].findIndex((value) => !Number.isNaN(value))).toBe(14 + 45 - 1);
    expect(graph.warmups).toEqual([14 + 45 - 1]);
  });
});
