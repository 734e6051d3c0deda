import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFiles, loadMarket } from '../src/index.ts';
import { DECEMBER, flat, lines, storeOf } from './market-fixture.ts';
import { temporaryFolder } from './support.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (hours: number): number => DECEMBER + hours * HOUR;
const flats = (from: number, count: number): string[] => Array.from({ length: count }, (_, k) => flat('1h', at(from + k)));
const load = (root: string, from?: number, to?: number): ReturnType<typeof loadMarket> =>
  loadMarket({ root, symbols: ['AUSDT'], interval: '1h', from, to });

describe('a dead symbol', () => {
  it('ends with the first of the flat candles that go on to the end', async () => {
    const root = await storeOf({ 'AUSDT-1h.csv': [...lines('1h', at(0), 10), ...flats(10, 24)] });
    expect((await load(root)).delisted).toEqual([at(10)]);
  });
  it('is one only after a day of them', async () => {
    const root = await storeOf({ 'AUSDT-1h.csv': [...lines('1h', at(0), 10), ...flats(10, 23)] });
    expect((await load(root)).delisted).toEqual([Infinity]);
  });
  it('is one only after three of them', async () => {
    const days = (count: number): string[] => Array.from({ length: count }, (_, k) => flat('1d', DECEMBER + (5 + k) * DAY));
    const of = async (count: number): Promise<readonly number[]> => {
      const root = await storeOf({ 'AUSDT-1d.csv': [...lines('1d', DECEMBER, 5), ...days(count)] });
      return (await loadMarket({ root, symbols: ['AUSDT'], interval: '1d' })).delisted;
    };
    expect(await of(2)).toEqual([Infinity]);
    expect(await of(3)).toEqual([DECEMBER + 5 * DAY]);
  });
  it('is none when it traded again, or moved', async () => {
    const root = await storeOf({ 'AUSDT-1h.csv': [...lines('1h', at(0), 10), ...flats(10, 40), ...lines('1h', at(50), 1)] });
    expect((await load(root)).delisted).toEqual([Infinity]);
    expect((await load(root, undefined, at(49))).delisted).toEqual([Infinity]);
    const quiet = lines('1h', at(10), 40, () => ({ v: 0 }));
    expect((await load(await storeOf({ 'AUSDT-1h.csv': [...lines('1h', at(0), 10), ...quiet] }))).delisted).toEqual([Infinity]);
  });
  // December has 744 hours, so that the flat candles lie in two files.
  it('is found from any part of the candles, over the ends of months', async () => {
    const root = await storeOf({ 'AUSDT-1h.csv': [...lines('1h', at(0), 730), ...flats(730, 40)] });
    expect((await load(root, undefined, at(740))).delisted).toEqual([at(730)]);
    expect((await load(root, at(735), at(740))).delisted).toEqual([at(730)]);
    expect((await load(root, at(750))).delisted).toEqual([at(730)]);
    expect((await load(root, at(100), at(730))).delisted).toEqual([Infinity]);
  });
  it('is charged no funding after its end', async () => {
    const rates = [0, 8, 16, 24, 32].map((hours) => `${at(hours)},8,0.0001`);
    const root = await storeOf({ 'AUSDT-1h.csv': [...lines('1h', at(0), 10), ...flats(10, 24)], 'AUSDT-fundingRate.csv': rates });
    const { funding, datasetSymbols, warnings } = await load(root);
    expect([...funding[0].times]).toEqual([at(0), at(8)]);
    expect(datasetSymbols[0].fundingRows).toBe(2);
    expect(warnings.filter((one) => one.includes('funding'))).toEqual([]);
  });
});

describe('a symbol without funding', () => {
  const ofFunding = async (root: string, symbols: string[], to?: number): Promise<string[]> =>
    (await loadMarket({ root, symbols, interval: '5m', to })).warnings.filter((one) => one.includes('funding'));
  it('is named as soon as the venue could have charged', async () => {
    const start = at(7) + 30 * 60_000;
    const root = await storeOf({ 'AUSDT-5m.csv': lines('5m', start, 8), 'BUSDT-5m.csv': lines('5m', start, 8) });
    expect(await ofFunding(root, ['AUSDT', 'BUSDT'])).toEqual(['no funding rates stored for AUSDT, BUSDT; no funding is charged']);
    // Up to 08:00 itself nobody can have been charged.
    expect(await ofFunding(root, ['AUSDT'], at(8))).toEqual([]);
  });
});

const REAL = resolve(process.env['ORRERY_REAL_DATA'] ?? '../shared/data', '10-um-1d-since-listing');
describe.runIf(existsSync(REAL))(`real daily candles (absent here when this is not run: ${REAL})`, () => {
  // FTX failed on 2022-11-11; the venue delisted FTT and RAY in the days after, WAVES in June 2024.
  it('tell FTT, RAY and WAVES from the living', async () => {
    const symbols = ['FTTUSDT', 'RAYUSDT', 'WAVESUSDT', 'BTCUSDT', 'CHZUSDT'];
    const files = readdirSync(REAL).filter((name) => symbols.some((symbol) => name.startsWith(`${symbol}-`)));
    const root = temporaryFolder();
    await importFiles({ root, files: files.map((name) => join(REAL, name)) });
    const { delisted } = await loadMarket({ root, symbols, interval: '1d' });
    expect(delisted.map((time) => (time === Infinity ? null : new Date(time).toISOString().slice(0, 10)))).toEqual([
      '2022-11-15',
      '2022-11-16',
      '2024-06-12',
      null,
      null,
    ]);
  });
});
