import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bracketOf,
  createBracketTable,
  maintenanceMargin,
  maxLeverageOf,
  maxNotional,
  UNKNOWN_BRACKETS,
  type LeverageBracket,
} from '../../src/index.ts';
import { runs } from '../laws/options.ts';
import { BTC_2026, BTC_EXAMPLES, ETH_EXAMPLES, HIVE_2026, tableFrom } from './bracket-tables.ts';

const U = 100_000_000;

describe('leverage brackets', () => {
  it.each([
    // The cum column that BINANCE USDⓈ-M states beside these tables. Bitcoin's bracket from 100 million on is out of reach.
    ['BTCUSDT 2026', BTC_2026, [0, 300, 1500, 12_000, 132_000, 482_000]],
    ['HIVEUSDT 2026', HIVE_2026, [0, 50, 300, 1300, 2550, 12_975, 54_625, 1_929_625]],
    ['BTCUSDT of the examples', BTC_EXAMPLES, [0, 50, 1300, 16_300]],
    ['ETHUSDT of the examples', ETH_EXAMPLES, [0, 15, 365, 5365, 35_365, 135_365]],
  ])('MARG-1: cum follows from floors and rates: %s', (_, text, cum) => {
    expect([...tableFrom(text).cum].map((sats) => sats / U)).toEqual(cum);
  });

  it.each([
    // value and maintenance margin in USDT, bracket counted from 0
    ['nothing', 0, 0, 0],
    ['inside the first', 1000, 0, 4], // 0.4 %
    ['a sat below the second', 299_999.99999999, 0, 1200], // 1199.99999999996, up to a sat
    ['at its floor', 300_000, 1, 1200], // 0.5 % less 300; 0.4 % says the same
    ['inside it', 500_000, 1, 2200],
    ['at the floor of the third', 800_000, 2, 3700], // 0.65 % less 1,500
    ['far up', 70_000_000, 5, 1_268_000], // 2.5 % less 482,000
  ])('MARG-1: value times rate less cum: %s', (_, value, bracket, margin) => {
    const table = tableFrom(BTC_2026);
    expect(bracketOf(table, Math.round(value * U))).toBe(bracket);
    expect(maintenanceMargin(table, Math.round(value * U))).toBe(margin * U);
  });
  it('MARG-1: is rounded up to a sat', () => {
    expect(maintenanceMargin(tableFrom(BTC_2026), 1)).toBe(1);
    expect(maintenanceMargin(tableFrom(BTC_2026), 250)).toBe(1); // 0.4 % of 250 is 1
    expect(maintenanceMargin(tableFrom(BTC_2026), 251)).toBe(2);
  });
  it('MARG-1: a symbol without brackets has 2.5 % and 20×', () => {
    const table = createBracketTable('T', UNKNOWN_BRACKETS);
    expect([maintenanceMargin(table, 1000 * U), maxLeverageOf(table)]).toEqual([25 * U, 20]);
  });

  it.each([
    [150, 300_000],
    [151, 0],
    [101, 300_000],
    [100, 800_000],
    [75, 3_000_000],
    [50, 12_000_000],
    [25, 70_000_000],
  ])('MARG-5: at %d× a position is worth at most %d', (leverage, value) => {
    expect(maxNotional(tableFrom(BTC_2026), leverage)).toBe(value * U);
  });
  it('MARG-5: at the least leverage, as much as can be held exactly', () => {
    expect(maxNotional(tableFrom(BTC_2026), 1)).toBe(Number.MAX_SAFE_INTEGER);
    expect(maxNotional(tableFrom(HIVE_2026), 1)).toBe(12_500_000 * U);
  });

  const row = (changed: Partial<LeverageBracket>): LeverageBracket => ({
    notionalFloor: '0',
    notionalCap: '1000',
    maintMarginRatio: '0.01',
    initialLeverage: 50,
    ...changed,
  });
  const second = { notionalFloor: '1000', notionalCap: '2000', maintMarginRatio: '0.02', initialLeverage: 20 };
  it.each<[string, LeverageBracket[], RegExp]>([
    ['none at all', [], /T: no leverage brackets/],
    ['a first one above 0', [row({ notionalFloor: '5' })], /begins at 5, not at 0/],
    ['a gap', [row({}), row({ ...second, notionalFloor: '1001' })], /bracket 2 does not begin where bracket 1 ends/],
    ['an overlap', [row({}), row({ ...second, notionalFloor: '999' })], /bracket 2 does not begin where bracket 1 ends/],
    ['a falling rate', [row({}), row({ ...second, maintMarginRatio: '0.009' })], /bracket 2 asks for less margin/],
    ['a rising leverage', [row({}), row({ ...second, initialLeverage: 51 })], /bracket 2 asks for less margin/],
    ['a cap at the floor', [row({ notionalCap: '0' })], /is none/],
    ['a rate of 0', [row({ maintMarginRatio: '0' })], /is none/],
    ['a rate above 1', [row({ maintMarginRatio: '1.01' })], /is none/],
    ['half a leverage', [row({ initialLeverage: 0.5 })], /is none/],
    ['a rate finer than 1e-8', [row({ maintMarginRatio: '0.000000001' })], /finer than 1e-8/],
  ])('MARG-1: refuses %s', (_, rows, message) => {
    expect(() => createBracketTable('T', rows)).toThrow(RangeError);
    expect(() => createBracketTable('T', rows)).toThrow(message);
  });

  const anyTable = fc
    .array(fc.record({ width: fc.integer({ min: 1, max: 1_000_000 }), more: fc.integer({ min: 0, max: 50_000 }) }), {
      minLength: 1,
      maxLength: 6,
    })
    .map((steps) => {
      let [floor, rate] = [0, 1];
      const brackets = steps.map(({ width, more }) => {
        const from = floor;
        floor += width;
        rate += more;
        return { notionalFloor: String(from), notionalCap: String(floor), maintMarginRatio: String(rate / 1_000_000), initialLeverage: 10 };
      });
      return createBracketTable('T', brackets);
    });
  it('MARG-1: is continuous and never falls with the value', () => {
    fc.assert(
      fc.property(anyTable, fc.nat(), (table, at) => {
        for (const floor of table.floor.slice(1)) {
          // A sat more of value is at most a sat more of margin.
          expect(maintenanceMargin(table, floor) - maintenanceMargin(table, floor - 1)).toBeLessThanOrEqual(1);
        }
        expect(maintenanceMargin(table, at + 1)).toBeGreaterThanOrEqual(maintenanceMargin(table, at));
      }),
      runs(300),
    );
  });
});
