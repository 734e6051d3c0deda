import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leverageFor, leverageWithin, maxLeverageOf, maxNotional } from '../../src/index.ts';
import { runs } from '../laws/options.ts';
import { BTC_2026, HIVE_2026, tableFrom } from '../venue/bracket-tables.ts';
import { anyNumber } from './any-number.ts';
import { sats, USDT } from './fixture.ts';

const between = (baseLeverage: number, maxLeverage: number) => ({ baseLeverage, maxLeverage });

describe('leverage', () => {
  it.each([
    // confidence, win rate, base, max, leverage
    ['nothing known', 0, 0, 3, 20, 3],
    ['certain', 1, 1, 3, 20, 20], // 3 + 17 · 1
    ['a certain model alone', 1, 0, 3, 20, 14], // 3 + 17 · 0.7 = 14.9
    ['a perfect record alone', 0, 1, 3, 20, 8], // 3 + 17 · 0.3 = 8.1
    ['halves', 0.5, 0.5, 3, 20, 11], // 3 + 17 · 0.5 = 11.5
    ['the weights', 0.8, 0.6, 3, 20, 15], // 3 + 17 · (0.56 + 0.18) = 15.58
    ['another range', 0.35, 0.5, 5, 15, 8], // 5 + 10 · (0.245 + 0.15) = 8.95
    ['a whole number that doubles miss', 0.1, 0.1, 3, 13, 4], // 3 + 10 · (0.07 + 0.03); 0.7 · 0.1 + 0.3 · 0.1 as doubles is 0.0999…
    ['no range', 1, 1, 7, 7, 7],
    ['confidence above 1', 7, 0, 3, 20, 14],
    ['confidence below 0', -7, 0, 3, 20, 3],
    ['no confidence', NaN, 1, 3, 20, 8],
    ['no win rate', 1, NaN, 3, 20, 14],
    ['infinite ones are no numbers either', Infinity, -Infinity, 3, 20, 3],
    ['a base below 3', 0, 0, 1, 20, 3],
    ['a max above 20', 1, 1, 3, 125, 20],
    ['a max below the base', 1, 1, 8, 5, 8],
  ])('RISK-1: %s', (_, confidence, winRate, base, max, leverage) => {
    expect(leverageFor(confidence, winRate, between(base, max), false)).toBe(leverage);
  });
  it('RISK-1: is the base while it is capped', () => {
    expect(leverageFor(1, 1, between(4, 20), true)).toBe(4);
  });

  it('RISK-1: is a whole number from base to max for any numbers, and rises with both rates', () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, anyNumber, anyNumber, fc.boolean(), (confidence, winRate, base, max, isCapped) => {
        const settings = between(base, max);
        const leverage = leverageFor(confidence, winRate, settings, isCapped);
        expect(Number.isInteger(leverage) && leverage >= 3 && leverage <= 20).toBe(true);
        const least = leverageFor(NaN, NaN, settings, false);
        expect(leverage).toBeGreaterThanOrEqual(least);
        expect(leverage).toBeLessThanOrEqual(leverageFor(1, 1, settings, false));
        if (isCapped) expect(leverage).toBe(least);
      }),
      runs(500),
    );
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (low, high) => {
        const [less, more] = [Math.min(low, high), Math.max(low, high)];
        expect(leverageFor(less, 0.4, between(3, 20), false)).toBeLessThanOrEqual(leverageFor(more, 0.4, between(3, 20), false));
        expect(leverageFor(0.4, less, between(3, 20), false)).toBeLessThanOrEqual(leverageFor(0.4, more, between(3, 20), false));
      }),
      runs(200),
    );
  });
});

describe('leverage within the brackets', () => {
  // 50× to 5,000, 20× to 10,000, 10× to 20,000, 5× to 50,000, 4× to 250,000, 3× to 500,000, 2× to 7.5 million, 1× to 12.5 million.
  const HIVE = tableFrom(HIVE_2026);
  it.each([
    ['small enough', 20, 500, 20], // 10,000 at 20×
    ['a dollar more of margin', 20, 501, 19], // 20× is 10,020
    ['10× from 10,000 on', 20, 1100, 10], // 11× is 12,100 where 10,000 are allowed, 10× is 11,000
    ['its own value counts, not the wanted one', 9, 1100, 9], // 9,900
    ['4×', 20, 20_000, 4], // 5× is 100,000 > 50,000; 4× is 80,000
    ['3×', 20, 100_000, 3], // 4× is 400,000 > 250,000
    ['below 3 because the venue allows no more', 20, 200_000, 2], // 3× is 600,000 > 500,000
    ['1×', 20, 4_000_000, 1], // 2× is 8 million > 7.5 million
    ['1× where nothing holds it', 20, 20_000_000, 1],
    ['no margin', 20, 0, 20],
    ['no margin, and more than the symbol allows', 60, 0, 50],
  ])('RISK-2: %s', (_, wanted, margin, leverage) => expect(leverageWithin(HIVE, wanted, sats(margin))).toBe(leverage));

  it('RISK-2: is the highest that the brackets allow', () => {
    const table = fc.constantFrom(HIVE, tableFrom(BTC_2026));
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 150 }), fc.nat(30_000_000), (brackets, wanted, usdt) => {
        const margin = usdt * USDT;
        const leverage = leverageWithin(brackets, wanted, margin);
        const allows = (k: number): boolean => margin * k <= maxNotional(brackets, k);
        expect(leverage === 1 || allows(leverage)).toBe(true);
        for (let k = leverage + 1; k <= wanted; k++) expect(allows(k)).toBe(false);
        expect(leverage).toBeLessThanOrEqual(maxLeverageOf(brackets));
      }),
      runs(300),
    );
  });
});
