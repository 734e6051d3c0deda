import { describe, expect, it } from 'vitest';
import { hostileMarket } from '../../src/test-kit/hostile-market.ts';
import { marketTable } from '../../src/test-kit/market-table.ts';
import { cutAt, pickSymbols, poisonedFrom, rowCount, tapesOf, type Market } from '../../src/test-kit/market.ts';
import { shrink } from '../../src/test-kit/shrink.ts';

const market = hostileMarket(3, 300_000, 200, 3);
const found = { market, fault: 'first' };

describe('shrinking', () => {
  it('comes down to the one candle that a fault needs, and tells the fault of that market', () => {
    const [symbol] = market.symbols;
    const { ts } = symbol.rows[100];
    const check = (candidate: Market): string | null =>
      candidate.symbols.some(({ instrument, rows }) => instrument.symbol === symbol.instrument.symbol && rows.some((row) => row.ts === ts))
        ? `${rowCount(candidate)} rows`
        : null;
    const small = shrink(found, 1, check);
    expect(small.market.symbols.map(({ rows }) => rows.map((row) => row.ts))).toEqual([[ts]]);
    expect(small.fault).toBe('1 rows');
  });
  it('keeps two candles that are needed together', () => {
    const [a, b] = [market.symbols[0].rows[20].ts, market.symbols[0].rows[120].ts];
    const check = (candidate: Market): string | null => {
      const times = candidate.symbols[0].rows.map((row) => row.ts);
      return times.includes(a) && times.includes(b) ? 'both' : null;
    };
    expect(shrink(found, 1, check).market.symbols.map(({ rows }) => rows.map((row) => row.ts))).toEqual([[a, b]]);
  });
  it('gives back what it was given when nothing smaller shows the fault', () => {
    expect(shrink(found, 1, () => null)).toEqual(found);
  });
  it('ends, however many runs a check takes', () => {
    let calls = 0;
    shrink(found, 100_000, () => {
      calls += 1;
      return null;
    });
    // Symbols are always tried; after them the budget has been spent.
    expect(calls).toBeLessThanOrEqual(3);
  });
});

describe('markets', () => {
  it('are cut before a time', () => {
    const { ts } = market.symbols[0].rows[50];
    const rows = cutAt(market, ts).symbols.flatMap((symbol) => symbol.rows);
    expect(Math.max(...rows.map((row) => row.ts))).toBeLessThan(ts);
    expect(rows).toEqual(market.symbols.flatMap((symbol) => symbol.rows.filter((row) => row.ts < ts)));
  });
  it('are numbered anew when symbols are picked', () => {
    const picked = pickSymbols(market, [2, 0]);
    expect(picked.symbols.map(({ instrument }) => `${instrument.id} ${instrument.symbol}`)).toEqual(['0 CCCUSDT', '1 AAAUSDT']);
  });
  it('become tapes whose candles are NaN from the poison on', () => {
    const { ts } = market.symbols[0].rows[50];
    const [tape] = tapesOf(poisonedFrom(market, ts));
    expect(tape.closeTs[50]).toBe(ts);
    expect([tape.open[49], tape.volume[49]].every(Number.isFinite)).toBe(true);
    expect([tape.open[50], tape.high[50], tape.low[50], tape.close[50], tape.volume[50]]).toEqual([NaN, NaN, NaN, NaN, NaN]);
  });
  it('print as a table by time, prices at the tick of the symbol', () => {
    const [symbol] = market.symbols;
    const row = { ts: 1_699_833_899_999, open: 1000, high: 1010, low: 990, close: 1005, volume: 7 };
    expect(marketTable({ ...market, symbols: [{ ...symbol, rows: [row] }] }).split('\n')).toEqual([
      '    close time, ms   symbol   open   high   low  close  volume',
      '     1699833899999  AAAUSDT  100.0  101.0  99.0  100.5       7',
    ]);
  });
  it('print their last candles where they are many, and say so', () => {
    const lines = marketTable(market).split('\n');
    expect(lines).toHaveLength(26);
    expect(lines.at(-1)).toBe(`    and ${rowCount(market) - 24} candles before these`);
  });
});
