import { createInstrument, type RateE8 } from '@orrery/core';
import { appendFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFiles, loadMarket } from '../src/index.ts';
import { candle, candles, FIVE_MINUTES, NEW_YEAR, temporaryFolder, write } from './support.ts';

const at = (k: number): number => NEW_YEAR + k * FIVE_MINUTES;
const NO_FEES = { maker: 0 as RateE8, taker: 0 as RateE8 };

async function store(files: Record<string, readonly string[]>): Promise<string> {
  const folder = temporaryFolder();
  const root = join(folder, 'data');
  await importFiles({ root, files: Object.entries(files).map(([name, lines]) => write(folder, name, lines)) });
  return root;
}

describe('loading a market', () => {
  it('gives tapes, funding and datasets in the order asked for', async () => {
    const root = await store({
      'BTCUSDT-5m.csv': candles(NEW_YEAR, 5),
      '币安人生USDT-5m.csv': candles(at(2), 3),
      'BTCUSDT-fundingRate.csv': [`${NEW_YEAR + 4},8,0.0001`, `${NEW_YEAR + 28_800_000},8,-0.00012345`],
    });
    const market = await loadMarket({ root, symbols: ['币安人生USDT', 'BTCUSDT'], interval: '5m' });
    expect(market.tapes.map(({ instrument, length }) => [instrument, length])).toEqual([
      [0, 3],
      [1, 5],
    ]);
    expect([...market.tapes[0].closeTs]).toEqual([at(3) - 1, at(4) - 1, at(5) - 1]);
    expect(market.tapes[1]).toMatchObject({
      intervalMs: FIVE_MINUTES,
      open: new Float64Array(5).fill(100.1),
      volume: Float64Array.of(1, 2, 3, 4, 5),
    });
    expect([...market.funding[1].times]).toEqual([NEW_YEAR]);
    expect([...market.funding[1].ratesE8]).toEqual([10_000]);
    expect(market.datasetSymbols).toMatchObject([
      { symbol: '币安人生USDT', rows: 3, first: at(2), last: at(5) - 1, fundingRows: 0, gaps: 0 },
      { symbol: 'BTCUSDT', rows: 5, first: at(0), last: at(5) - 1, fundingRows: 1, gaps: 0, source: 'BTCUSDT-5m.csv' },
    ]);
    expect(market.synthetic).toBe(false);
  });

  it('takes candles that open from `from` and before `to`, and warns about gaps inside only', async () => {
    const december = (k: number): number => Date.UTC(2025, 11, 1) + k * FIVE_MINUTES;
    const prices = { o: '90000', h: '90001', l: '89999.9', c: '90000.5' };
    const root = await store({ 'BTCUSDT-5m.csv': [0, 1, 2, 5, 6, 9].map((k) => candle(december(k), prices)) });
    const load = (from?: number, to?: number): ReturnType<typeof loadMarket> =>
      loadMarket({ root, symbols: ['BTCUSDT'], interval: '5m', from, to });
    expect((await load(december(1), december(3))).tapes[0].length).toBe(2);
    expect((await load(december(1), december(3))).warnings).toEqual([]);
    expect((await load(december(0), december(7))).warnings).toEqual([
      'BTCUSDT/5m: 2 rows missing in a gap, the first at 2025-12-01T00:15:00Z',
    ]);
    expect((await load()).warnings).toEqual(['BTCUSDT/5m: 4 rows missing in 2 gaps, the first at 2025-12-01T00:15:00Z']);
    await expect(load(december(3), december(1))).rejects.toThrow('from 2025-12-01T00:15:00Z lies after to 2025-12-01T00:05:00Z; swap them');
    await expect(load(december(3), december(4))).rejects.toThrow(
      /BTCUSDT\/5m: no candles in the range; the store has 2025-12-01T00:00:00Z to 2025-12-01T00:50:00Z/,
    );
  });

  it('the digest follows what is read, and nothing else', async () => {
    const files = { 'AUSDT-5m.csv': candles(NEW_YEAR, 5), 'BUSDT-5m.csv': candles(NEW_YEAR, 5) };
    const [root, again] = [await store(files), await store(files)];
    const digest = async (folder: string, symbols: string[], to?: number): Promise<string> =>
      (await loadMarket({ root: folder, symbols, interval: '5m', to })).digest;
    const whole = await digest(root, ['AUSDT', 'BUSDT']);
    expect(await digest(again, ['AUSDT', 'BUSDT'])).toBe(whole);
    const others = [await digest(root, ['BUSDT', 'AUSDT']), await digest(root, ['AUSDT']), await digest(root, ['AUSDT', 'BUSDT'], at(4))];
    expect(new Set([whole, ...others]).size).toBe(4);
  });

  it('names near symbols, and refuses a store that was changed by another hand', async () => {
    const root = await store({ 'BTCUSDT-5m.csv': candles(NEW_YEAR, 3), 'ETHUSDT-5m.csv': candles(NEW_YEAR, 3) });
    const load = (...symbols: string[]): ReturnType<typeof loadMarket> => loadMarket({ root, symbols, interval: '5m' });
    await expect(load('BTCUDST')).rejects.toThrow(
      /^BTCUDST\/5m: not in the store .* \(near names: BTCUSDT\); import it with: orrery data import/,
    );
    await expect(load('BTCUSDT', 'BTCUSDT')).rejects.toThrow('symbol BTCUSDT is given twice');
    await expect(loadMarket({ root, symbols: ['BTCUSDT'], interval: '1h' })).rejects.toThrow(
      /BTCUSDT\/1h: not in the store .* \(it has 5m\)/,
    );
    const file = join(root, 'binance-um/BTCUSDT/klines/5m/2025-01.arrow');
    appendFileSync(file, 'x');
    await expect(load('BTCUSDT')).rejects.toThrow(/2025-01\.arrow: sha-256 differs/);
    rmSync(file);
    await expect(load('BTCUSDT')).rejects.toThrow(/2025-01\.arrow: is gone, though dataset\.json lists it/);
    expect((await load('ETHUSDT')).tapes[0].length).toBe(3);
  });
});

describe('filters of a run', () => {
  const DECEMBER = Date.UTC(2025, 11, 1);
  const nineties = (time: number): string => candle(time, { o: '90000', h: '90001', l: '89999.9', c: '90000.5' });
  // Stated by the venue's exchangeInfo of 2025-12-24: BTCUSDT tick 0.10, step 0.001, minimum notional 100.
  it('are the venue’s where the prices lie on its ticks', async () => {
    const root = await store({ 'BTCUSDT-5m.csv': [nineties(DECEMBER)] });
    const { filters, warnings } = await loadMarket({ root, symbols: ['BTCUSDT'], interval: '5m' });
    const { brackets, ...rest } = filters[0];
    expect(rest).toEqual({
      symbol: 'BTCUSDT',
      tickSize: '0.10',
      stepSize: '0.001',
      minQty: '0.001',
      maxQty: '1000',
      marketMaxQty: '1000',
      minNotional: '100',
      minPrice: '261.10',
      maxPrice: '809484',
      multiplierUp: '1.0500',
      multiplierDown: '0.9500',
      maxNumOrders: 10_000,
      triggerProtect: '0.0500',
      marketTakeBound: '0.30',
      liquidationFee: '0.020000',
    });
    expect(brackets?.[0]).toEqual({ notionalFloor: '0', notionalCap: '300000', maintMarginRatio: '0.004', initialLeverage: 150 });
    expect(warnings).toEqual([]);
  });
  it('lack a price bound that the data lie beyond', async () => {
    const root = await store({ 'BTCUSDT-5m.csv': [candle(DECEMBER, { h: '900000' })] });
    const { filters, warnings } = await loadMarket({ root, symbols: ['BTCUSDT'], interval: '5m' });
    expect(filters[0]).not.toHaveProperty('minPrice');
    expect(filters[0]).not.toHaveProperty('maxPrice');
    expect(warnings).toEqual([
      "BTCUSDT: the data have prices below today's lowest 261.10; it is left out",
      "BTCUSDT: the data have prices above today's highest 809484; it is left out",
    ]);
  });
  it('take the tick of the data where that is finer, and a step coarse enough for whole sats', async () => {
    const root = await store({ 'BTCUSDT-5m.csv': [candle(DECEMBER, { o: '901', h: '902', l: '900', c: '900.123456' })] });
    const { filters, warnings } = await loadMarket({ root, symbols: ['BTCUSDT'], interval: '5m' });
    expect(filters).toMatchObject([{ tickSize: '0.000001', stepSize: '0.01', minQty: '0.01' }]);
    expect(warnings).toEqual([
      "BTCUSDT: the data have prices finer than today's tick 0.10; tick 0.000001 is taken from the data",
      'BTCUSDT: step 0.001 with tick 0.000001 is finer than 1e-8 USDT; step 0.01 is used',
    ]);
  });
  it('come from the data for a symbol that the snapshot lacks', async () => {
    const root = await store({ 'NOSUCHUSDT-5m.csv': [candle(NEW_YEAR, { c: '100.123', v: '7.25' })] });
    const { filters, warnings } = await loadMarket({ root, symbols: ['NOSUCHUSDT'], interval: '5m' });
    expect(filters).toMatchObject([{ tickSize: '0.001', stepSize: '0.01', minQty: '0.01', minNotional: '5' }]);
    expect(warnings).toHaveLength(1);
    expect(Object.keys(filters[0]).sort()).toEqual([
      'brackets',
      'marketMaxQty',
      'maxQty',
      'minNotional',
      'minQty',
      'stepSize',
      'symbol',
      'tickSize',
    ]);
    expect(warnings[0]).toMatch(/^NOSUCHUSDT: not among the venue's filters of 2025-12-24T07:49:09\.558Z; tick 0\.001 and step 0\.01/);
  });
});

const REAL = resolve(process.env['ORRERY_REAL_DATA'] ?? '../shared/data');
const group = (prefix: string): string[] => {
  const folder = existsSync(REAL) ? readdirSync(REAL).find((name) => name.startsWith(prefix)) : undefined;
  return folder === undefined
    ? []
    : readdirSync(join(REAL, folder))
        .slice(0, 60)
        .map((name) => join(REAL, folder, name));
};
describe.runIf(existsSync(REAL))(`real candles (absent here when this is not run: ORRERY_REAL_DATA=${REAL})`, () => {
  it('imports funding of two sources into one series, and all prices lie on the chosen ticks', async () => {
    const root = temporaryFolder();
    const files = ['02', '03', '04', '10'].flatMap(group).filter((file) => /fundingRate|1d_|NEARUSDT-1m|BTCUSDT-1h/.test(file));
    const report = await importFiles({ root, files });
    expect(report.files).toBe(files.length);
    const daily = report.datasets.filter(({ key }) => key.interval === '1d').map(({ key }) => key.symbol);
    const market = await loadMarket({ root, symbols: daily, interval: '1d' });
    for (const [i, tape] of market.tapes.entries()) {
      const { tick, priceScale } = createInstrument(tape.instrument, market.filters[i], NO_FEES);
      const offTicks = [tape.open, tape.high, tape.low, tape.close].flatMap((prices) =>
        [...prices].filter((price) => (Math.round((price * priceScale) / tick.units) * tick.units) / priceScale !== price),
      );
      expect(offTicks).toEqual([]);
    }
  });
});
