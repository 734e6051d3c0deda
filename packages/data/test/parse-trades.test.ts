import { resampleTape, type InstrumentId } from '@orrery/core';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { importFiles, loadMarket, verifyDataset } from '../src/index.ts';
import { keyOfFile } from '../src/import/file-name.ts';
import { parseTrades } from '../src/import/parse-trades.ts';
import { createTapeOf } from '../src/market/create-tape.ts';
import { lines, storeOf } from './market-fixture.ts';
import { NEW_YEAR, temporaryFolder, write } from './support.ts';

const HEADER = 'agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker';
const parse = (...rows: string[]): ReturnType<typeof parseTrades> => parseTrades('t.csv', new TextEncoder().encode(`${rows.join('\n')}\n`));
const at = (ms: number): number => NEW_YEAR + ms;

// Second 0: three aggregates of five trades; seconds 1 and 2: none; second 3: one that sold into a bid.
const TRADES = [
  `1,100.1,0.1,11,12,${at(0)},false`,
  `2,100.3,0.2,13,13,${at(400)},true`,
  `3,100.2,0.3,14,15,${at(999)},false`,
  `4,99.9,2,16,16,${at(3000)},true`,
];

describe('trades', () => {
  it('become candles of a second each, flat where nothing was traded', () => {
    const { rows } = parse(HEADER, ...TRADES);
    expect(rows.length).toBe(4);
    expect([...rows.time]).toEqual([0, 1, 2, 3].map((second) => at(second * 1000)));
    const [open, high, low, close, volume, quoteVolume, count, takerVolume, takerQuoteVolume] = rows.columns.map((column) => [...column]);
    expect(open).toEqual([100.1, 100.2, 100.2, 99.9]);
    expect(high).toEqual([100.3, 100.2, 100.2, 99.9]);
    expect(low).toEqual([100.1, 100.2, 100.2, 99.9]);
    expect(close).toEqual([100.2, 100.2, 100.2, 99.9]);
    // 0.1 + 0.2 + 0.3 is 0.6, which the sum of the doubles is not.
    expect(volume).toEqual([0.6, 0, 0, 2]);
    // 10.01 + 20.06 + 30.06; bought without making: 10.01 + 30.06.
    expect(quoteVolume).toEqual([60.13, 0, 0, 199.8]);
    expect(count).toEqual([5, 0, 0, 1]);
    expect(takerVolume).toEqual([0.4, 0, 0, 0]);
    expect(takerQuoteVolume).toEqual([40.07, 0, 0, 0]);
  });
  it('are read without a header, in microseconds, and with words of any case', () => {
    const micro = TRADES.map((row) =>
      row
        .replace(/,(\d{13}),/, ',$1123,')
        .replace('true', 'True')
        .replace('false', 'FALSE'),
    );
    expect(parse(...micro).rows).toEqual(parse(HEADER, ...TRADES).rows);
  });
  it.each<[string, readonly string[], RegExp]>([
    ['a word that is none', [TRADES[0].replace('false', '0')], /^t\.csv:2: is_buyer_maker is "0", neither true nor false; correct/],
    [
      'times out of order',
      [TRADES[0], TRADES[2], TRADES[1].replace(/^2/, '9')],
      /^t\.csv:4: transact_time 2025-01-01T00:00:00\.400Z follows/,
    ],
    ['a line twice', [TRADES[0], TRADES[0]], /^t\.csv:3: agg_trade_id 1 follows 1, so trades are out of order or there twice; sort/],
    ['a price of nothing', [TRADES[0].replace('100.1', '0')], /^t\.csv:2: price is 0, but a price is above zero/],
    ['trade ids the wrong way round', [TRADES[0].replace('11,12', '12,11')], /^t\.csv:2: last_trade_id 11 lies before first_trade_id 12/],
    ['a column too few', [TRADES[0].replace(',false', '')], /^t\.csv:2: has 6 columns, not the 7 of an aggTrades file/],
    ['a column too many', [`${TRADES[0]},true`], /^t\.csv:2: has 8 columns, not the 7 of an aggTrades file/],
    ['a time before the venue', [TRADES[0], `5,1,1,17,17,1000,true`], /^t\.csv:3: transact_time is 1000, which is no time/],
    [
      'more than two months',
      [TRADES[0], `5,1,1,17,17,${at(63 * 86_400_000)},true`],
      /over two months; import the archive's files of a day or a month$/,
    ],
    ['a last line from the past', [TRADES[0], TRADES[3], `5,1,1,17,17,${at(500)},true`], /out of order; sort the file by time$/],
    ['nothing', [], /^t\.csv: holds no trades; fetch it again$/],
  ])('refuses %s', (_, rows, message) => {
    expect(() => parse(HEADER, ...rows)).toThrow(message);
  });

  const trade = fc.record({
    gap: fc.integer({ min: 0, max: 70_000 }),
    price: fc.integer({ min: 1, max: 500 }),
    quantity: fc.integer({ min: 1, max: 9999 }),
    maker: fc.boolean(),
  });
  it('give minutes that hold the very highs, lows and volumes of their trades', () => {
    fc.assert(
      fc.property(fc.array(trade, { minLength: 1, maxLength: 40 }), (made) => {
        let time = NEW_YEAR;
        const trades = made.map((one) => ({ ...one, time: (time += one.gap) }));
        // A trade at the end of the next minute makes the last one whole.
        const end = (Math.floor(time / 60_000) + 2) * 60_000 - 1;
        trades.push({ gap: 0, price: 7, quantity: 1, maker: true, time: end });
        trades.unshift({ gap: 0, price: 7, quantity: 1, maker: true, time: NEW_YEAR });
        const rows = trades.map((one, k) => `${k + 1},${one.price / 10},${one.quantity / 1000},${k},${k},${one.time},${one.maker}`);
        const minutes = resampleTape(createTapeOf(0 as InstrumentId, 1000, parse(...rows).rows), '1m');
        for (let r = 0; r < minutes.length; r++) {
          const within = trades.filter((one) => one.time <= minutes.closeTs[r] && one.time > minutes.closeTs[r] - 60_000);
          if (within.length === 0) {
            expect(minutes.volume[r]).toBe(0);
            continue;
          }
          const prices = within.map(({ price }) => price / 10);
          expect(minutes.close[r]).toBe(prices[prices.length - 1]);
          expect(minutes.volume[r]).toBeCloseTo(within.reduce((sum, { quantity }) => sum + quantity, 0) / 1000, 9);
          expect(minutes.high[r]).toBe(Math.max(...prices, minutes.open[r]));
          expect(minutes.low[r]).toBe(Math.min(...prices, minutes.open[r]));
        }
        expect(minutes.length).toBe((end + 1 - NEW_YEAR) / 60_000);
      }),
    );
  });
});

describe('importing trades', () => {
  it.each(['BTCUSDT-aggTrades-2025-01-01.zip', 'BTCUSDT-aggTrades-2025-01.csv', 'x/BTCUSDT-aggTrades.csv.gz'])(
    '%s is told by its name',
    (name) => {
      expect(keyOfFile(name)).toEqual({ symbol: 'BTCUSDT', kind: 'klines', interval: '1s' });
    },
  );
  it('a name of its own needs the kind and the symbol, and no interval', () => {
    expect(keyOfFile('t.csv', { kind: 'aggTrades', symbol: 'AUSDT' })).toEqual({ symbol: 'AUSDT', kind: 'klines', interval: '1s' });
    expect(() => keyOfFile('t.csv', { kind: 'aggTrades', symbol: 'AUSDT', interval: '1m' })).toThrow(
      't.csv: trades become candles of 1s, not of 1m; leave out --interval',
    );
    expect(() => keyOfFile('t.csv', { kind: 'aggTrades' })).toThrow('the name does not tell');
  });
  it('stores the same from .csv, .csv.gz and .zip, and days that overlap a month', async () => {
    const text = `${[HEADER, ...TRADES].join('\n')}\n`;
    const folder = temporaryFolder();
    const digests: string[] = [];
    for (const [name, bytes] of Object.entries({
      'AUSDT-aggTrades-2025-01.csv': Buffer.from(text),
      'AUSDT-aggTrades-2025-01.csv.gz': gzipSync(text),
      'AUSDT-aggTrades-2025-01.zip': zipSync({ 'AUSDT-aggTrades-2025-01.csv': new TextEncoder().encode(text) }),
    })) {
      writeFileSync(join(folder, name), bytes);
      const day = write(folder, 'AUSDT-aggTrades-2025-01-01.csv', TRADES.slice(0, 3));
      const root = join(folder, `root-${digests.length}`);
      const report = await importFiles({ root, files: [join(folder, name), day] });
      expect(report.datasets).toMatchObject([{ key: { interval: '1s' }, rows: 4, added: 4 }]);
      digests.push((await loadMarket({ root, symbols: ['AUSDT'], interval: '1s' })).digest);
      expect((await verifyDataset(root, { symbol: 'AUSDT', kind: 'klines', interval: '1s' })).problems).toEqual([]);
    }
    expect(new Set(digests).size).toBe(1);
  });
  it('names the file where trades contradict stored ones', async () => {
    const root = await storeOf({ 'AUSDT-aggTrades-2025-01.csv': TRADES });
    const other = write(temporaryFolder(), 'AUSDT-aggTrades-other.csv', [TRADES[0].replace('100.1', '100.4')]);
    await expect(importFiles({ root, files: [other] })).rejects.toThrow(
      /AUSDT-aggTrades-other\.csv: open of 2025-01-01T00:00:00Z is 100\.4, but the store .* has 100\.1; find out/,
    );
  });
  it('decides inside the candles of a run that it covers', async () => {
    const seconds = Array.from({ length: 180 }, (_, k) => `${k + 1},${100 + k},1,${k},${k},${at(k * 1000)},false`);
    const root = await storeOf({
      'AUSDT-1m.csv': lines('1m', at(0), 4),
      'AUSDT-aggTrades-2025-01.csv': seconds.filter((_, k) => k % 7 !== 3),
    });
    const { fine, warnings } = await loadMarket({ root, symbols: ['AUSDT'], interval: '1m', fine: 'auto' });
    expect(fine[0]?.tape).toMatchObject({ intervalMs: 1000, length: 180 });
    expect(warnings.filter((one) => one.includes('finer'))).toEqual([
      'AUSDT: finer candles (1s) cover 3 of 4 rows; the others are decided by themselves',
    ]);
  });
});
