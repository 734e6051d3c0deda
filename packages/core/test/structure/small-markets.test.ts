import { describe, expect, it } from 'vitest';
import { BOTTOM, KIND, KNOWN_AT, ORIGIN, STATE, STRUCTURE_KINDS, STRUCTURE_STATES, TOP, type StructureKind } from '../../src/index.ts';
import { column, tapeOf, type Bar } from '../feature/market.ts';
import { eventsOf, logOf } from './candles.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function bar(open: number, high: number, low: number, close: number): Bar {
  return { open, high, low, close, volume: 10 };
}
/** 15 candles with a true range of 4, the last of which has the first ATR; no swing among them, as none is higher than another. */
const QUIET: readonly Bar[] = Array.from({ length: 15 }, () => bar(100, 102, 98, 100));

/** The lives of all objects of one kind: row and state, prices and origin. */
function told(kind: StructureKind, rows: readonly Bar[], text = 'structure(2,2,10)', intervalMs = HOUR): string[] {
  return eventsOf(logOf(tapeOf(rows, intervalMs), text))
    .filter((event) => event[KIND] === STRUCTURE_KINDS.indexOf(kind))
    .map((event) => `${event[KNOWN_AT]} ${event[BOTTOM]}-${event[TOP]} from ${event[ORIGIN]}: ${STRUCTURE_STATES[event[STATE]]}`);
}

describe('fair value gaps', () => {
  const before = [...QUIET, bar(100, 104, 100, 104)];
  const above = bar(108, 110, 106, 108);

  it('STR-6: expire at their age, counted from the row at which they are known', () => {
    const rows = [...before, bar(106, 110, 104, 108), ...Array.from({ length: 12 }, () => above)];
    const first = told('fair_value_gap', rows).filter((line) => line.includes('from 14'));
    expect(first).toEqual(['16 102-104 from 14: created', '26 102-104 from 14: expired']);
  });

  it('STR-6: expire at that candle even if it reaches them', () => {
    const nine = Array.from({ length: 9 }, () => above);
    const reaching = bar(108, 110, 103, 108);
    expect(told('fair_value_gap', [...before, bar(106, 110, 104, 108), ...nine, reaching])).toContain('26 102-104 from 14: expired');
    const eight = nine.slice(1);
    expect(told('fair_value_gap', [...before, bar(106, 110, 104, 108), ...eight, reaching])).toContain('25 102-104 from 14: mitigated');
  });

  it('STR-7: have to be a quarter of an ATR high, and to be left by a candle of their own direction', () => {
    // The true range of row 16 is 7: ATR (13·4 + 4 + …) is between 4 and 4.3, so that 1 is too low and 1.1 is not.
    const third = (low: number): Bar => bar(105, 110, low, 108);
    expect(told('fair_value_gap', [...before, third(103)])).toEqual([]);
    expect(told('fair_value_gap', [...before, third(103.1)])).toEqual(['16 102-103.1 from 14: created']);
    expect(told('fair_value_gap', [...QUIET, bar(104, 104, 100, 100), third(104)])).toEqual([]);
  });

  it('STR-6: of 32 that are live, the oldest makes room at the next candle', () => {
    // Row k opens at 10k, closes at 10k + 8 and leaves a gap down to 10k − 12 that no later candle reaches.
    const stairs = Array.from({ length: 48 }, (_, k) => bar(10 * k, 10 * k + 8, 10 * k, 10 * k + 8));
    const lines = told('fair_value_gap', stairs, 'structure(2,2,500)');
    expect(lines.filter((line) => line.endsWith('expired'))).toEqual(['46 128-140 from 12: expired', '47 138-150 from 13: expired']);
    expect(lines.filter((line) => line.endsWith('created'))).toHaveLength(34);
  });
});

describe('equal highs', () => {
  const peak = (high: number): Bar => bar(100, high, 99, 100);
  const flat = QUIET.slice(0, 2);
  const twoPeaks = (second: number): Bar[] => [...QUIET, peak(105), ...flat, peak(second), ...flat];

  it('STR-8: are within a tenth of an ATR when the later swing is confirmed', () => {
    expect(told('liquidity', twoPeaks(105))).toEqual(['20 105-105 from 15: created']);
    expect(told('liquidity', twoPeaks(105.3))).toEqual(['20 105-105.3 from 15: created']);
    expect(told('liquidity', twoPeaks(104.7))).toEqual(['20 104.7-105 from 15: created']);
    expect(told('liquidity', twoPeaks(105.6))).toEqual([]);
  });

  it('STR-8: are swept by a wick beyond all of them, broken by a close', () => {
    const created = '20 105-105.3 from 15: created';
    expect(told('liquidity', [...twoPeaks(105.3), bar(100, 105.2, 99, 105.1)])).toEqual([created]);
    expect(told('liquidity', [...twoPeaks(105.3), bar(100, 107, 99, 105.3)])).toEqual([created, '21 105-105.3 from 15: swept']);
    expect(told('liquidity', [...twoPeaks(105.3), bar(100, 107, 99, 106)])).toEqual([created, '21 105-105.3 from 15: broken']);
  });

  it('STR-9: are swept once; the sweep is drawn from the outermost level to the extreme', () => {
    const rows = [...twoPeaks(104.7), bar(100, 107, 99, 101), bar(101, 106, 99, 101)];
    // Row 21 takes the last swing, 104.7, and the zone up to 105; row 22 reaches beyond both again.
    expect(told('sweep', rows)).toEqual(['21 105-107 from 15: created']);
    // The second peak alone sweeps the swing before it.
    expect(told('sweep', twoPeaks(105.3))).toEqual(['18 105-105.3 from 15: created']);
  });

  it('STR-8: a third one makes a new zone in the place of the old', () => {
    const rows = [...QUIET, peak(105), ...flat, peak(105.3), ...flat, peak(105.1), ...flat];
    expect(told('liquidity', rows)).toEqual([
      '20 105-105.3 from 15: created',
      '23 105-105.3 from 15: superseded',
      '23 105-105.3 from 15: created',
    ]);
  });
});

describe('breaks', () => {
  it('STR-4: the first has no bias to change; a swing breaks once, and a touch breaks nothing', () => {
    const rows = [bar(5, 6, 5, 6), bar(6, 9, 6, 8), bar(8, 8, 6, 6), bar(6, 9, 6, 9), bar(9, 10, 9, 10), bar(10, 12, 10, 12)];
    const text = 'structure(1,1,10)';
    expect(told('break_of_structure', rows, text)).toEqual(['4 9-9 from 1: created']);
    expect(told('change_of_character', rows, text)).toEqual([]);
    // Before there is an ATR a break makes no order block.
    expect(told('order_block', rows, text)).toEqual([]);
  });
});

describe('levels of days and weeks', () => {
  const rising = (count: number): Bar[] => Array.from({ length: count }, (_, k) => bar(k, k + 1, k, k + 1));

  it('STR-10: the candle that opens at midnight has the day that has just ended, not the one before', () => {
    // Four candles a day; the last of a day closes at midnight and knows the day already.
    expect(column('previous_day_high()', tapeOf(rising(10), 6 * HOUR))).toEqual([NaN, NaN, NaN, 4, 4, 4, 4, 8, 8, 8]);
    expect(column('previous_day_low()', tapeOf(rising(10), 6 * HOUR))).toEqual([NaN, NaN, NaN, 0, 0, 0, 0, 4, 4, 4]);
  });

  it('STR-10: a day that the tape begins within is none; one whose end is missing is over at the next candle', () => {
    const start = Date.UTC(2025, 0, 1, 6);
    expect(column('previous_day_high()', tapeOf(rising(8), 6 * HOUR, start))).toEqual([NaN, NaN, NaN, NaN, NaN, NaN, 7, 7]);
    const tape = tapeOf(rising(6), 6 * HOUR);
    // Rows 0 to 2 are of the first day, whose last candle is missing; row 3 opens the second.
    for (let row = 3; row < 6; row++) tape.closeTs[row] += 6 * HOUR;
    expect(column('previous_day_high()', tape)).toEqual([NaN, NaN, NaN, 3, 3, 3]);
  });

  it('STR-10: weeks end on Sunday', () => {
    // From Wednesday, 2025-01-01: the week from the 6th to the 12th is rows 5 to 11.
    const high = column('previous_week_high()', tapeOf(rising(14), DAY));
    expect(high).toEqual([...Array.from({ length: 11 }, () => NaN), 12, 12, 12]);
  });

  it('are refused for candles that do not make them up', () => {
    expect(() => column('previous_day_high()', tapeOf(rising(3), 3 * DAY))).toThrow(
      new RangeError('feature previous_day_high(): candles of 72 hours do not make it up; take a shorter interval'),
    );
  });
});
