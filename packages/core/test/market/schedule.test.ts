import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSchedule, CandleView, type Tape } from '../../src/index.ts';
import { placeCandle } from '../../src/market/candle-view.ts';
import { tapeOf, type Row } from '../engine/fixture.ts';
import { runs } from '../laws/options.ts';

const FLAT: Row = [1, 1, 1, 1];
/** Per instrument: the minute it starts at, and which of its minutes have a candle. */
const tapes: fc.Arbitrary<readonly Tape[]> = fc
  .array(fc.tuple(fc.nat(5), fc.array(fc.boolean(), { maxLength: 8 })), { maxLength: 5 })
  .map((list) =>
    list.map(([start, there], id) =>
      tapeOf(
        there.map((is) => (is ? FLAT : null)),
        id,
        start,
      ),
    ),
  );

describe('schedule', () => {
  it('TIME-1: equals a plain sort by close time, then instrument', () => {
    fc.assert(
      fc.property(tapes, (list) => {
        const rows = list.flatMap((tape, id) => Array.from({ length: tape.length }, (_, row) => ({ ts: tape.closeTs[row]!, id, row })));
        rows.sort((a, b) => a.ts - b.ts || a.id - b.id);
        const schedule = buildSchedule(list);
        expect(schedule.length).toBe(rows.length);
        expect([...schedule.instrument]).toEqual(rows.map(({ id }) => id));
        expect([...schedule.row]).toEqual(rows.map(({ row }) => row));
        expect([...schedule.frameEnd]).toEqual(rows.map(({ ts }, k) => (rows[k + 1]?.ts === ts ? 0 : 1)));
      }),
      runs(500),
    );
  });
  it('TIME-1: two instruments, one listed later, one with a gap', () => {
    const schedule = buildSchedule([tapeOf([FLAT, null, FLAT], 0), tapeOf([FLAT, FLAT], 1, 1)]);
    expect([...schedule.instrument]).toEqual([0, 1, 0, 1]);
    expect([...schedule.row]).toEqual([0, 0, 1, 1]);
    expect([...schedule.frameEnd]).toEqual([1, 1, 0, 1]);
  });
  it('refuses more instruments than an index can hold', () => {
    const one = tapeOf([]);
    expect(() => buildSchedule(Array.from({ length: 65_537 }, () => one))).toThrow(/at most 65,536 instruments/);
  });
});

describe('candle view', () => {
  it('TIME-5: cannot be moved by whoever is shown it', () => {
    const shown = new CandleView(tapeOf([FLAT, FLAT]), []);
    expect(() => Object.assign(shown, { row: 1 })).toThrow(/row/);
    expect(() => Object.assign(shown, { isFrameEnd: true })).toThrow(/isFrameEnd/);
    expect([shown.row, shown.isFrameEnd]).toEqual([0, false]);
  });
  const tape = tapeOf([
    [1, 2, 0.5, 1.5, 10],
    [2, 3, 1.5, 2.5, 20],
    [3, 4, 2.5, 3.5, 30],
  ]);
  const view = new CandleView(tape, [Float64Array.of(NaN, 7, 8)]);
  it('TIME-5: shows the candle and those before it', () => {
    placeCandle(view, 1, true);
    expect([view.ts, view.open(), view.high(), view.low(), view.close(), view.volume(), view.feature(0)]).toEqual([
      119_999, 2, 3, 1.5, 2.5, 20, 7,
    ]);
    expect([view.open(1), view.high(1), view.low(1), view.close(1), view.volume(1), view.feature(0, 1)]).toEqual([1, 2, 0.5, 1.5, 10, NaN]);
  });
  it('TIME-5: shows neither the future nor what was before the first, nor anything between two candles', () => {
    fc.assert(
      fc.property(
        fc.nat(2),
        fc.oneof(fc.integer({ min: -4, max: 5 }), fc.constantFrom(0.5, 1.5, -0.5, NaN, Infinity, -Infinity)),
        (row, lag) => {
          placeCandle(view, row, true);
          const isThere = Number.isInteger(lag) && lag >= 0 && lag <= row;
          for (const value of [view.open(lag), view.high(lag), view.low(lag), view.close(lag), view.volume(lag)]) {
            expect(Number.isNaN(value)).toBe(!isThere);
          }
          expect(view.feature(0, lag)).toBe(isThere ? [NaN, 7, 8][row - lag] : NaN);
        },
      ),
      runs(300),
    );
  });
});
