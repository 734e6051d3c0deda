import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liquidationPrice, maintenanceMargin, type LiquidationInputs } from '../../src/index.ts';
import { runs } from '../laws/options.ts';
import { BTC_EXAMPLES, ETH_EXAMPLES, tableFrom } from './bracket-tables.ts';

const U = 100_000_000;
const WALLET = 1_535_443.01;
const NONE = { otherMaintenance: 0, otherUnrealized: 0 };
const ETH = { walletBalance: WALLET, quantity: 3683.979, entryPrice: 1456.84, brackets: tableFrom(ETH_EXAMPLES) };
const BTC = { walletBalance: WALLET, quantity: 109.488, entryPrice: 32_481.98, brackets: tableFrom(BTC_EXAMPLES) };
/** What one position is to the other: maintenance margin at rate and cum, and profit, both at its mark price. */
const beside = ({ quantity, entryPrice }: typeof ETH, mark: number, rate: number, cum: number) => ({
  otherMaintenance: quantity * mark * rate - cum,
  otherUnrealized: quantity * (mark - entryPrice),
});

describe('liquidation price', () => {
  // BINANCE USDⓈ-M, FAQ "How to calculate liquidation price of USDⓈ-M futures contracts", with its inputs.
  it.each<[string, LiquidationInputs, string]>([
    ['ETH isolated', { ...ETH, ...NONE }, '1114.78'],
    ['BTC isolated', { ...BTC, ...NONE }, '18778.73'],
    ['ETH cross beside BTC', { ...ETH, ...beside(BTC, 31_967.27, 0.025, 16_300) }, '1153.26'],
    ['BTC cross beside ETH', { ...BTC, ...beside(ETH, 1335.18, 0.1, 135_365) }, '26316.89'],
  ])('LIQ-2: the example of the venue: %s', (_, inputs, price) => expect(liquidationPrice(inputs).toFixed(2)).toBe(price));

  const plain = { walletBalance: 6000, ...NONE, entryPrice: 40_000, brackets: tableFrom('0 .004 125 | cap 1000000') };
  it.each([
    ['long', 1.5, '36144.5783'],
    ['short', -1.5, '43824.7012'],
  ])('LIQ-2: 1.5 at 40,000 with 6,000: %s', (_, quantity, price) => {
    expect(liquidationPrice({ ...plain, quantity }).toFixed(4)).toBe(price);
  });

  it.each([
    // 10 % and no cum: long 10 at 100 with 190 left at 90, where the value is 900 and the margin 90 of 190 − 100.
    ['a long', 10, 190, 90],
    ['a short', -10, 210, 110], // 1,100 · 10 % = 110 = 210 − 100
    ['a long that is paid for', 10, 1000, 0],
    ['a long that is more than paid for', 10, 2000, 0],
    ['nothing held', 0, 190, 0],
  ])('LIQ-2: in whole numbers: %s', (_, quantity, walletBalance, price) => {
    const inputs = { ...plain, walletBalance, entryPrice: 100, quantity, brackets: tableFrom('0 .10 10 | cap 1000000') };
    expect(liquidationPrice(inputs)).toBe(price);
  });
  it('LIQ-2: takes the bracket that the value at that price falls into', () => {
    // 10 % to 1,000, then 20 % less 100. A short of 10 at 90 with 280: at 107.5 it is worth 1,075, its margin is 115, and 280 − 175 is 105;
    // so it went at (280 + 100 + 900) / (10 · 0.2 + 10) = 1280 / 12.
    const inputs = {
      ...plain,
      walletBalance: 280,
      entryPrice: 90,
      quantity: -10,
      brackets: tableFrom('0 .10 10 | 1000 .20 5 | cap 100000'),
    };
    expect(liquidationPrice(inputs)).toBeCloseTo(1280 / 12, 10);
  });

  it('LIQ-2: there the margin balance is the maintenance margin', () => {
    const brackets = tableFrom('0 .01 50 | 1000 .02 25 | 5000 .05 10 | cap 10000000');
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.boolean(),
        fc.integer({ min: 50, max: 150 }),
        fc.integer({ min: 1, max: 5000 }),
        (size, isShort, entryPrice, walletBalance) => {
          const quantity = isShort ? -size : size;
          const price = liquidationPrice({ walletBalance, ...NONE, quantity, entryPrice, brackets });
          const left = (at: number): number =>
            walletBalance + quantity * (at - entryPrice) - maintenanceMargin(brackets, Math.round(size * at * U)) / U;
          // Where none is said, a long is safe down to 0.
          if (price === 0) expect([isShort, left(1e-6) >= -1e-3]).toEqual([false, true]);
          else expect(Math.abs(left(price))).toBeLessThan(1e-6);
        },
      ),
      runs(500),
    );
  });
});
