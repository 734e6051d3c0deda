import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileMarket } from '../../src/test-kit/hostile-market.ts';
import type { Market, MarketRow } from '../../src/test-kit/market.ts';

const INTERVAL = 300_000;
const FRAMES = 200;
const seeds = fc.integer({ min: 0, max: 1_000_000 });
const make = (seed: number): Market => hostileMarket(seed, INTERVAL, FRAMES, 3);
/** The markets of the first 30 seeds, as the contract uses them. */
const markets = Array.from({ length: 30 }, (_, seed) => make(seed));
const rows = markets.flatMap(({ symbols }) => symbols.map((symbol) => symbol.rows));
const pairs: readonly (readonly [MarketRow, MarketRow])[] = rows.flatMap((list) => list.slice(1).map((row, k) => [list[k], row] as const));

describe('a hostile market', () => {
  it('is the same for the same seed, and another for another', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(make(seed)).toEqual(make(seed));
        expect(make(seed).symbols[0].rows).not.toEqual(make(seed + 1).symbols[0].rows);
      }),
      { seed: 7, numRuns: 50 },
    );
  });
  it('holds only candles that a venue could send: on the grid, ascending, high and low around open and close', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const symbol of make(seed).symbols) {
          let last = 0;
          for (const { ts, open, high, low, close, volume } of symbol.rows) {
            expect((ts + 1) % INTERVAL).toBe(0);
            expect(ts).toBeGreaterThan(last);
            expect([open, high, low, close, volume].every(Number.isSafeInteger)).toBe(true);
            expect(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close)).toBe(true);
            last = ts;
          }
        }
      }),
      { seed: 7, numRuns: 50 },
    );
  });
});

// A law that never meets a crash says nothing about crashes.
describe('hostile markets hold what they promise', () => {
  const share = (are: number, all: number): number => are / all;
  it('gaps in time', () => {
    expect(pairs.filter(([before, row]) => row.ts - before.ts > INTERVAL).length).toBeGreaterThan(30);
  });
  it('candles without trades', () => {
    expect(rows.flat().filter((row) => row.volume === 0).length).toBeGreaterThan(300);
  });
  it('stretches in which the price stands still', () => {
    expect(rows.flat().filter((row) => row.high === row.low).length).toBeGreaterThan(300);
  });
  it('crashes of a fifth and more within a candle', () => {
    expect(rows.flat().filter((row) => row.close < 0.8 * row.open).length).toBeGreaterThan(30);
  });
  it('leaps of a tenth and more between candles', () => {
    expect(pairs.filter(([before, row]) => Math.abs(row.open / before.close - 1) > 0.1).length).toBeGreaterThan(30);
  });
  it('spikes that are gone within the candle', () => {
    const spikes = rows.flat().filter((row) => row.high > 1.1 * Math.max(row.open, row.close));
    expect(spikes.length).toBeGreaterThan(30);
  });
  it('late listings, early ends, funding', () => {
    const others = markets.flatMap(({ symbols }) => symbols.slice(1).map((symbol) => ({ symbol, first: symbols[0] })));
    const late = others.filter(({ symbol, first }) => symbol.rows[0].ts > first.rows[0].ts + INTERVAL);
    const early = others.filter(({ symbol, first }) => (symbol.rows.at(-1)?.ts ?? 0) < (first.rows.at(-1)?.ts ?? 0) - INTERVAL);
    const funded = others.filter(({ symbol }) => symbol.funding.times.length > 0);
    for (const list of [late, early, funded]) expect(share(list.length, others.length)).toBeGreaterThan(0.2);
  });
});
