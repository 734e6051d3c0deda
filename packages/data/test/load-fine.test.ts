import { describe, expect, it } from 'vitest';
import { loadMarket, type FineChoice } from '../src/index.ts';
import { DECEMBER, lines, storeOf } from './market-fixture.ts';

const MINUTE = 60_000;
const at = (minutes: number): number => DECEMBER + minutes * MINUTE;
const load = (root: string, fine?: FineChoice, to?: number): ReturnType<typeof loadMarket> =>
  loadMarket({ root, symbols: ['AUSDT'], interval: '15m', fine, to });
const ofFine = (warnings: readonly string[]): string[] => warnings.filter((one) => one.includes('finer'));

describe('finer candles', () => {
  it('are the finest that divide, of the time of the candles, with their own mark prices', async () => {
    const root = await storeOf({
      'AUSDT-15m.csv': lines('15m', at(0), 2),
      'AUSDT-5m.csv': lines('5m', at(0), 6),
      'AUSDT-1m.csv': lines('1m', at(-5), 60, (k) => ({ v: k })),
      'AUSDT-markPrice-1m.csv': lines('1m', at(0), 29, () => ({ c: 99, v: 0 })),
    });
    const { fine, warnings } = await load(root, 'auto');
    expect(fine[0]?.tape).toMatchObject({ instrument: 0, intervalMs: MINUTE, length: 30 });
    expect(fine[0]?.tape.closeTs[0]).toBe(at(1) - 1);
    expect(fine[0]?.tape.volume[0]).toBe(5);
    expect([...(fine[0]?.marks?.close ?? [])]).toEqual([...Array.from({ length: 29 }, () => 99), Number.NaN]);
    expect(ofFine(warnings)).toEqual([]);
  });
  it('are those of the interval asked for, or none', async () => {
    const root = await storeOf({
      'AUSDT-15m.csv': lines('15m', at(0), 2),
      'AUSDT-5m.csv': lines('5m', at(0), 6),
      'AUSDT-1m.csv': lines('1m', at(0), 30),
    });
    expect((await load(root, '5m')).fine[0]).toMatchObject({ tape: { length: 6 }, marks: null });
    expect((await load(root)).fine).toEqual([null]);
    expect((await load(root, null)).fine).toEqual([null]);
    const none = await load(root, '3m');
    expect(none.fine).toEqual([null]);
    expect(ofFine(none.warnings)).toEqual(['AUSDT: no finer candles (3m) stored for its time; rows are decided by themselves']);
    for (const bad of ['15m', '30m', '2h'] as const) {
      await expect(load(root, bad)).rejects.toThrow(
        `finer candles of ${bad} do not make up those of 15m; take an interval that divides it, or auto`,
      );
    }
  });
  it('that cover a part only are said to', async () => {
    const minutes = lines('1m', at(0), 44);
    const root = await storeOf({ 'AUSDT-15m.csv': lines('15m', at(0), 4), 'AUSDT-1m.csv': [...minutes.slice(0, 7), ...minutes.slice(8)] });
    const { fine, warnings } = await load(root, 'auto');
    // The seventh minute and the last are missing, so of four quarters the second alone is whole.
    expect(fine[0]?.tape.length).toBe(43);
    expect(ofFine(warnings)).toEqual(['AUSDT: finer candles (1m) cover 1 of 4 rows; the others are decided by themselves']);
  });
  it('that cover no row give way to longer ones that do', async () => {
    const root = await storeOf({
      'AUSDT-15m.csv': lines('15m', at(0), 2),
      'AUSDT-5m.csv': lines('5m', at(0), 6),
      'AUSDT-1m.csv': lines('1m', at(3), 10),
    });
    expect((await load(root, 'auto')).fine[0]?.tape.intervalMs).toBe(5 * MINUTE);
  });
  it('count for the digest, where a run reads them', async () => {
    const candles = { 'AUSDT-15m.csv': lines('15m', at(0), 2) };
    const plain = await storeOf(candles);
    const finer = await storeOf({ ...candles, 'AUSDT-1m.csv': lines('1m', at(0), 30) });
    expect((await load(finer)).digest).toBe((await load(plain)).digest);
    expect((await load(plain, 'auto')).digest).toBe((await load(plain)).digest);
    expect((await load(finer, 'auto')).digest).not.toBe((await load(plain)).digest);
  });
});
