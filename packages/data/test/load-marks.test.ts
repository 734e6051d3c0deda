import { describe, expect, it } from 'vitest';
import { loadMarket } from '../src/index.ts';
import { DECEMBER, line, lines, storeOf } from './market-fixture.ts';

const MINUTE = 60_000;
const at = (minutes: number): number => DECEMBER + minutes * MINUTE;
const load = (root: string, to?: number): ReturnType<typeof loadMarket> => loadMarket({ root, symbols: ['AUSDT'], interval: '5m', to });
const ofMarks = (warnings: readonly string[]): string[] => warnings.filter((one) => one.includes('mark prices'));

describe('mark prices beside a tape', () => {
  it('are the stored ones of its interval, row by row', async () => {
    const marks = lines('5m', at(0), 3, (k) => ({ o: 10 + k, h: 13 + k, l: 9 + k, c: 12 + k, v: 0 }));
    const root = await storeOf({ 'AUSDT-5m.csv': lines('5m', at(0), 3), 'AUSDT-markPrice-5m.csv': marks });
    const { marks: loaded, warnings } = await load(root);
    expect(loaded).toEqual([
      {
        open: Float64Array.of(10, 11, 12),
        high: Float64Array.of(13, 14, 15),
        low: Float64Array.of(9, 10, 11),
        close: Float64Array.of(12, 13, 14),
      },
    ]);
    expect(ofMarks(warnings)).toEqual([]);
  });
  it('are NaN where there is none, which is said once', async () => {
    const mark = (minutes: number): string => line('5m', at(minutes), { o: 10, h: 13, l: 9, c: 12, v: 0 });
    const root = await storeOf({
      'AUSDT-5m.csv': lines('5m', at(0), 4),
      'AUSDT-markPrice-5m.csv': [mark(-5), mark(5), mark(15), mark(20)],
    });
    const { marks, warnings } = await load(root);
    expect(marks[0]?.close).toEqual(Float64Array.of(Number.NaN, 12, Number.NaN, 12));
    expect(marks[0]?.low).toEqual(Float64Array.of(Number.NaN, 9, Number.NaN, 9));
    expect(ofMarks(warnings)).toEqual(['AUSDT: mark prices are missing for 2 of 4 rows; traded prices stand for them']);
  });
  it('are made of finer ones where all of a row are there', async () => {
    const finer = lines('1m', at(0), 14, (k) => ({ o: 50 + k, h: 60 + k, l: 40 - k, c: 55 + k, v: 0 }));
    const root = await storeOf({ 'AUSDT-5m.csv': lines('5m', at(0), 3), 'AUSDT-markPrice-1m.csv': finer });
    const { marks, warnings } = await load(root);
    // Minutes 0 to 4, 5 to 9; the last of the third row is missing.
    expect(marks[0]).toEqual({
      open: Float64Array.of(50, 55, Number.NaN),
      high: Float64Array.of(64, 69, Number.NaN),
      low: Float64Array.of(36, 31, Number.NaN),
      close: Float64Array.of(59, 64, Number.NaN),
    });
    expect(ofMarks(warnings)).toEqual(['AUSDT: mark prices are missing for 1 of 3 rows; traded prices stand for them']);
  });
  it('are null, without a word, where none are stored for the time, or only for intervals that do not divide', async () => {
    const later = lines('5m', at(60), 3, () => ({ v: 0 }));
    for (const file of [{ 'AUSDT-markPrice-5m.csv': later }, { 'AUSDT-markPrice-3m.csv': lines('3m', at(0), 5) }, {}]) {
      const { marks, warnings } = await load(await storeOf({ 'AUSDT-5m.csv': lines('5m', at(0), 3), ...file }));
      expect(marks).toEqual([null]);
      expect(ofMarks(warnings)).toEqual([]);
    }
  });
  it('change the digest where there are any, and only there', async () => {
    const candles = { 'AUSDT-5m.csv': lines('5m', at(0), 3) };
    const marks = (price: number): readonly string[] => lines('5m', at(5), 1, () => ({ o: price, h: price, l: price, c: price, v: 0 }));
    const plain = await storeOf(candles);
    const with10 = await storeOf({ ...candles, 'AUSDT-markPrice-5m.csv': marks(10) });
    const with11 = await storeOf({ ...candles, 'AUSDT-markPrice-5m.csv': marks(11) });
    const digests = await Promise.all([plain, with10, with11].map(async (root) => (await load(root)).digest));
    expect(new Set(digests).size).toBe(3);
    // Cut to the first candle, no mark price is read.
    const cut = await Promise.all([plain, with10].map(async (root) => (await load(root, at(5))).digest));
    expect(cut[0]).toBe(cut[1]);
  });
});

describe('times of candles', () => {
  it('are one column for all symbols that have the same', async () => {
    const root = await storeOf({
      'AUSDT-5m.csv': lines('5m', at(0), 3),
      'BUSDT-5m.csv': lines('5m', at(0), 3),
      'CUSDT-5m.csv': lines('5m', at(0), 2),
    });
    const { tapes } = await loadMarket({ root, symbols: ['AUSDT', 'BUSDT', 'CUSDT'], interval: '5m' });
    expect(tapes[1].closeTs).toBe(tapes[0].closeTs);
    expect([...tapes[2].closeTs]).toEqual([...tapes[0].closeTs.subarray(0, 2)]);
  });
});
