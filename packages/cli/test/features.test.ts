import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkshop, FIVE_MINUTES, klines, START, type Workshop } from './workshop.ts';

/** 100, 102, 101, 104, then 100 + row: three hours of five minutes. */
const CLOSES = [100, 102, 101, 104, ...Array.from({ length: 32 }, (_, k) => 104 + k)];
const FEATURES = ['rsi(close,2)', 'atr(2)', 'ema(close,2)@1h'];
const WORDS = ['features', 'BTCUSDT/5m', ...FEATURES.flatMap((text) => ['--feature', text])];

let shop: Workshop;
beforeAll(async () => {
  shop = createWorkshop('features');
  shop.write('BTCUSDT-5m-2025-01.csv', klines(CLOSES));
  await shop.done('data', 'import', 'BTCUSDT-5m-2025-01.csv');
});
afterAll(() => rmSync(shop.folder, { recursive: true }));

async function table(): Promise<number[][]> {
  expect((await shop.run(...WORDS, '--out', 'x.csv')).code).toBe(0);
  const [head, ...rows] = readFileSync(path.join(shop.folder, 'x.csv'), 'utf8').trim().split('\n');
  expect(head).toBe('time,"rsi(close,2)",atr(2),"ema(close,2)@1h"');
  return rows.map((row) => row.split(',').map((cell) => (cell === '' ? Number.NaN : Number(cell))));
}

describe('features', () => {
  it('writes what a calculation by hand gives, and nothing while a feature warms up', async () => {
    const rows = await table();
    expect(rows).toHaveLength(36);
    expect(rows[0]).toEqual([START + FIVE_MINUTES - 1, Number.NaN, Number.NaN, Number.NaN]);
    // Changes +2, −1: average gain 1, average loss 0.5. Then +3: (1 + 3) / 2 = 2 and 0.5 / 2 = 0.25.
    expect(rows[1][1]).toBeNaN();
    expect(rows[2][1]).toBeCloseTo(100 / 1.5, 10);
    expect(rows[3][1]).toBeCloseTo(200 / 2.25, 10);
    // True ranges: 103 − 99 = 4, 103 − 100 = 3, 105 − 100 = 5.
    expect(rows[1][2]).toBeNaN();
    expect(rows[2][2]).toBe(3.5);
    expect(rows[3][2]).toBe(4.25);
  });
  it('shows a value of an hour in no candle before that hour has closed', async () => {
    const hourly = (await table()).map((row) => row[3]);
    // Hours close with rows 11, 23 and 35, at 111, 123 and 135.
    expect(hourly.slice(0, 23)).toEqual(Array.from({ length: 23 }, () => Number.NaN));
    expect(hourly.slice(23, 35)).toEqual(Array.from({ length: 12 }, () => 117));
    expect(hourly[35]).toBeCloseTo(117 + (2 / 3) * (135 - 117), 10);
  });
  it('writes columns of market structure', async () => {
    const { code, stdout } = await shop.run('features', 'BTCUSDT/5m', '--feature', 'fvg()', '--feature', 'kill_zone()', '--out', 's.csv');
    expect(code).toBe(0);
    expect(stdout).toMatch(/s\.csv: 36 rows; fvg\(\) from row 14; kill_zone\(\) from row 0$/m);
    const rows = readFileSync(path.join(shop.folder, 's.csv'), 'utf8').trim().split('\n').slice(1);
    // Candles reach 1 beyond open and close, and rise by 1 each: none leaves a gap. The day begins in the Asian kill zone.
    expect(rows.slice(13, 16).map((row) => row.split(',').slice(1))).toEqual([
      ['', '1'],
      ['0', '1'],
      ['0', '1'],
    ]);
  });
  it('writes the same numbers as Arrow', async () => {
    const rows = await table();
    const { code, stdout } = await shop.run(...WORDS, '--out', 'x.arrow', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'orrery.features/1', rows: 36, features: FEATURES, firstRows: [2, 2, 23] });
    const arrow = createRequire(new URL('../../data/package.json', import.meta.url))('apache-arrow') as {
      tableFromIPC: (bytes: Uint8Array) => { getChild: (name: string) => { toArray: () => Float64Array } | null };
    };
    const read = arrow.tableFromIPC(readFileSync(path.join(shop.folder, 'x.arrow')));
    for (const [c, name] of ['time', ...FEATURES].entries()) {
      expect([...read.getChild(name)!.toArray()]).toEqual(rows.map((row) => row[c]));
    }
  });
  it.each<[readonly string[], RegExp]>([
    [['--feature', 'rsj(close,14)'], /unknown feature "rsj"; did you mean rsi\?$/],
    [['--feature', 'atr(3)', '--feature', 'atr( 3 )'], /^orrery: --feature 'atr\(3\)' was given twice: give it once$/],
    [['--feature', 'ema(close,3)@7m'], /"7m" is no interval; take one of 1s, 1m, /],
    [['--feature', 'atr(3)', '--out', '/nowhere/x.csv'], /^orrery: --out \/nowhere\/x\.csv: there is no folder \/nowhere; make it first$/],
    [
      ['--feature', 'structure()'],
      /^orrery: feature structure\(3,3,500\): it finds objects and has no value a candle; take a column of them, e\.g\. fvg\(\) or swing_high\(3,3\)$/,
    ],
    [
      ['--feature', 'sma(structure(),5)'],
      /sma reads numbers, and structure\(3,3,500\) finds objects: it has events, and no value a candle$/,
    ],
    [['--feature', 'atr(3)', '--out', 'x.txt'], /x\.txt: must end in \.csv or \.arrow$/],
  ])('refuses %j in one line', async (words, message) => {
    const out = words.includes('--out') ? [] : ['--out', 'y.csv'];
    const { code, stdout, stderr } = await shop.run('features', 'BTCUSDT/5m', ...words, ...out);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trimEnd()).toMatch(message);
    expect(stderr.match(/\n/g)).toHaveLength(1);
  });
});
