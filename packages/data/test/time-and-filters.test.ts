import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SNAPSHOT, formatFilterSnapshot, parseTimeRange, readFilterSnapshot } from '../src/index.ts';
import { missingRanges } from '../src/download/missing-ranges.ts';
import { onGrid } from '../src/dataset/candle-span.ts';
import { gridOf } from '../src/dataset/grid.ts';
import { createRows, FUNDING } from '../src/dataset/rows.ts';
import { temporaryFolder, write } from './support.ts';

describe('times as people write them', () => {
  it.each([
    ['2025-01', '2025-03', '2025-01-01T00:00:00Z', '2025-04-01T00:00:00Z'],
    ['2024', '2024', '2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z'],
    ['2024-02-29', '2024-02-29', '2024-02-29T00:00:00Z', '2024-03-01T00:00:00Z'],
    ['2025-01-31T12:00', '2025-12', '2025-01-31T12:00:00Z', '2026-01-01T00:00:00Z'],
    ['2025-01-31T12:00+02:00', '1738324800000', '2025-01-31T10:00:00Z', '2025-01-31T12:00:00Z'],
  ])('%s to %s', (from, to, start, end) => {
    expect(parseTimeRange(from, to)).toEqual({ from: Date.parse(start), to: Date.parse(end) });
  });
  it.each([
    ['2025-13', '2025-12', 'from "2025-13" is no time'],
    ['2025-02-30', '2025-12', 'from "2025-02-30" is no time'],
    ['2025-01', 'yesterday', 'to "yesterday" is no time'],
    ['2025-03', '2025-01', 'from 2025-03 lies after to 2025-01; swap them'],
  ])('refuses %s to %s', (from, to, message) => {
    expect(() => parseTimeRange(from, to)).toThrow(message);
  });
});

describe('grids', () => {
  it('weeks open on Mondays, three-day candles count from the first one', () => {
    // 2025-01-06 was a Monday.
    expect(onGrid(gridOf('1w', 0), Date.UTC(2025, 0, 6))).toBe(true);
    expect(onGrid(gridOf('1w', 0), Date.UTC(2025, 0, 7))).toBe(false);
    const first = Date.UTC(2025, 0, 2);
    expect([0, 1, 2, 3, 6].map((days) => onGrid(gridOf('3d', first), first + days * 86_400_000))).toEqual([true, false, false, true, true]);
  });
});

describe('what is missing', () => {
  it('funding: before the first, after the last, and where a funding was left out', () => {
    const hour = 3_600_000;
    const rows = createRows(FUNDING, 3);
    rows.length = 3;
    rows.time.set([8 * hour + 4, 16 * hour + 9, 32 * hour]);
    rows.columns[0].fill(8);
    expect(missingRanges({ symbol: 'A', kind: 'fundingRate', interval: null }, { from: 0, to: 48 * hour }, [rows])).toEqual([
      { from: 0, to: 8 * hour },
      { from: 16 * hour + 60_000, to: 32 * hour },
      { from: 32 * hour + 60_000, to: 48 * hour },
    ]);
  });
});

describe('the filter snapshot', () => {
  it('holds what the venue stated for BTCUSDT and ETHUSDT', async () => {
    const { serverTime, symbols } = await readFilterSnapshot();
    expect(serverTime).toBe(1_766_562_549_558);
    expect(symbols.size).toBe(660);
    expect(symbols.get('BTCUSDT')).toMatchObject({
      tickSize: '0.10',
      stepSize: '0.001',
      minNotional: '100',
      onboardDate: 1_569_398_400_000,
      status: 'TRADING',
    });
    expect(symbols.get('ETHUSDT')).toMatchObject({ tickSize: '0.01', stepSize: '0.001', minNotional: '20' });
  });
  it('holds every bound that the venue stated, and its own hash', async () => {
    const { symbols, sha256 } = await readFilterSnapshot();
    expect(symbols.get('BTCUSDT')).toMatchObject({
      minPrice: '261.10',
      maxPrice: '809484',
      multiplierUp: '1.0500',
      multiplierDown: '0.9500',
      maxNumOrders: 10_000,
      triggerProtect: '0.0500',
      marketTakeBound: '0.30',
      liquidationFee: '0.020000',
    });
    // Six contracts in delivery state a limit of 0, which is none.
    expect([...symbols.values()].filter(({ maxNumOrders }) => maxNumOrders === undefined)).toHaveLength(6);
    expect(sha256).toBe(createHash('sha256').update(readFileSync(DEFAULT_SNAPSHOT)).digest('hex'));
  });
  it('of another schema is refused in one line', async () => {
    const path = write(temporaryFolder(), 'old.json', ['{"schema":"orrery.filters/1","serverTime":1,"symbols":{}}']);
    await expect(readFilterSnapshot(path)).rejects.toThrow(
      /old\.json: field schema: .*orrery\.filters\/2.*; restore the file, or fetch a new one with: orrery data filters$/,
    );
  });
  it('cannot be made from half an answer', () => {
    expect(() => formatFilterSnapshot({ serverTime: 1 })).toThrow(/^exchangeInfo: .*; give the whole answer of the endpoint/);
    const symbols = [{ symbol: 'AUSDT', status: 'TRADING', onboardDate: 1, filters: [{ filterType: 'PRICE_FILTER', tickSize: '0.1' }] }];
    expect(() => formatFilterSnapshot({ serverTime: 1, symbols })).toThrow('exchangeInfo: AUSDT has no LOT_SIZE.stepSize');
  });
  const recorded = resolve(
    process.env['ORRERY_REAL_DATA'] ?? '../shared/data',
    '11-recorded-api/fapi-v1-exchangeInfo_2025-12-24T0749Z.json.gz',
  );
  it.runIf(existsSync(recorded))(`is the recorded answer, field by field (absent here when this is not run: ${recorded})`, () => {
    const answer: unknown = JSON.parse(gunzipSync(readFileSync(recorded)).toString());
    expect(readFileSync(DEFAULT_SNAPSHOT, 'utf8')).toBe(formatFilterSnapshot(answer));
  });
});
