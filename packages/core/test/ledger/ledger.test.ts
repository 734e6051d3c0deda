import { describe, expect, it } from 'vitest';
import {
  ABSORBED,
  applyFill,
  applyFunding,
  applyLiquidation,
  COST,
  createInstrument,
  createLedger,
  FEES as FEES_PAID,
  FUNDING,
  InvariantError,
  LIQUIDATION_FEES,
  REALIZED,
  SLIPPAGE,
  WALLET,
  type InstrumentId,
  type Ledger,
  type Lots,
  type Sats,
  type Ticks,
} from '../../src/index.ts';
import { FEES, WHOLE, whole } from '../engine/fixture.ts';

const U = 100_000_000;
/** One tick times one lot is one sat: rounding shows. */
const FINE = createInstrument(0 as InstrumentId, { ...WHOLE, tickSize: '0.0001', stepSize: '0.0001', marketMaxQty: '1000' }, FEES);

type Fill = readonly [qty: number, price: number, fee?: number, reference?: number];
function book(instrument: typeof FINE, fills: readonly Fill[], start = 0): Ledger {
  const ledger = createLedger(1, start as Sats);
  for (const [qty, price, fee = 0, reference = price] of fills) {
    applyFill(ledger, instrument, qty as Lots, price as Ticks, reference as Ticks, fee as Sats);
  }
  return ledger;
}

describe('LED-1: average cost', () => {
  it.each<[string, Fill[], number, number, number]>([
    // what, fills [lots, USDT], position, cost in USDT, realised in USDT
    ['a long is opened', [[10, 100]], 10, 1000, 0],
    ['a short is opened', [[-10, 100]], -10, -1000, 0],
    [
      'a long is increased',
      [
        [10, 100],
        [10, 110],
      ],
      20,
      2100,
      0,
    ],
    [
      'a short is increased',
      [
        [-10, 100],
        [-30, 90],
      ],
      -40,
      -3700,
      0,
    ],
    [
      'a long is reduced with profit',
      [
        [10, 100],
        [-4, 120],
      ],
      6,
      600,
      80,
    ],
    [
      'a long is reduced with loss',
      [
        [10, 100],
        [-4, 80],
      ],
      6,
      600,
      -80,
    ],
    [
      'a short is reduced with profit',
      [
        [-10, 100],
        [4, 80],
      ],
      -6,
      -600,
      80,
    ],
    [
      'a short is reduced with loss',
      [
        [-10, 100],
        [4, 120],
      ],
      -6,
      -600,
      -80,
    ],
    [
      'an averaged long is reduced',
      [
        [10, 100],
        [10, 110],
        [-5, 120],
      ],
      15,
      1575,
      75,
    ],
    [
      'a long is closed',
      [
        [10, 100],
        [-10, 130],
      ],
      0,
      0,
      300,
    ],
    [
      'a short is closed',
      [
        [-10, 100],
        [10, 130],
      ],
      0,
      0,
      -300,
    ],
    [
      'a long flips',
      [
        [10, 100],
        [-15, 110],
      ],
      -5,
      -550,
      100,
    ],
    [
      'a short flips',
      [
        [-10, 100],
        [25, 90],
      ],
      15,
      1350,
      100,
    ],
    [
      'a flip and back',
      [
        [10, 100],
        [-20, 90],
        [20, 80],
      ],
      10,
      800,
      0,
    ],
    [
      'closed and opened anew',
      [
        [10, 100],
        [-10, 90],
        [-2, 50],
      ],
      -2,
      -100,
      -100,
    ],
  ])('%s', (_, fills, position, cost, realized) => {
    const ledger = book(whole(), fills);
    expect(ledger.qty[0]).toBe(position);
    expect(ledger.cost[0]).toBe(cost * U);
    expect(ledger.totals[COST]).toBe(cost * U);
    expect(ledger.totals[REALIZED]).toBe(realized * U);
    expect(ledger.totals[WALLET]).toBe(realized * U);
  });

  it('LED-2: what a reduction releases is rounded toward zero, and what is left over is realised with the rest', () => {
    // 3 lots for 10 sats in all (3 + 3 + 4): a third is 3.33…, 3 are released.
    const bought: Fill[] = [
      [2, 3],
      [1, 4],
    ];
    const once = book(FINE, [...bought, [-1, 5]]);
    expect([once.cost[0], once.totals[REALIZED]]).toEqual([7, 2]);
    // Of the remaining 7 for 2 lots half is 3.5: 3 released; the last lot carries 4.
    const twice = book(FINE, [...bought, [-1, 5], [-1, 5]]);
    expect([twice.cost[0], twice.totals[REALIZED]]).toEqual([4, 4]);
    const closed = book(FINE, [...bought, [-1, 5], [-1, 5], [-1, 5]]);
    expect([closed.cost[0], closed.totals[REALIZED]]).toEqual([0, 5]); // 15 − 10
  });
  it('LED-2: a short rounds toward zero as well', () => {
    const once = book(FINE, [
      [-2, 3],
      [-1, 4],
      [1, 5],
    ]);
    expect([once.cost[0], once.totals[REALIZED]]).toEqual([-7, -2]);
  });
});

describe('LED-3: wallet', () => {
  it('is start + realised + funding − fees', () => {
    const ledger = book(
      whole(),
      [
        [10, 100, 50],
        [-4, 120, 24],
      ],
      5_000 * U,
    );
    applyFunding(ledger, 0, -7 as Sats);
    applyFunding(ledger, 0, 3 as Sats);
    expect(ledger.totals[FEES_PAID]).toBe(74);
    expect(ledger.totals[FUNDING]).toBe(-4);
    expect(ledger.totals[WALLET]).toBe(5_000 * U + 80 * U - 4 - 74);
  });
  it('FILL-5: slippage counts as suffered on either side', () => {
    expect(book(whole(), [[10, 102, 0, 100]]).totals[SLIPPAGE]).toBe(20 * U);
    expect(book(whole(), [[-10, 98, 0, 100]]).totals[SLIPPAGE]).toBe(20 * U);
  });
});

describe('LED-3: what the venue closes by itself', () => {
  const closed = (fills: Fill[], qty: number, price: number, fee: number, absorbed: number, start: number): Ledger => {
    const ledger = book(whole(), fills, start * U);
    applyLiquidation(
      ledger,
      whole(),
      { qty: qty as Lots, price: price as Ticks, fee: (fee * U) as Sats, absorbed: (absorbed * U) as Sats },
      0,
    );
    return ledger;
  };
  it.each<[string, Fill[], number, number, number, number, number, number, number]>([
    // what, fills, liquidated [lots, price, fee, absorbed], start wallet, and then wallet and cost in USDT
    ['LIQ-7 a long with its clearance fee', [[10, 100]], -10, 90, 9, 0, 190, 81, 0], // 190 − 100 − 9
    ['LIQ-7 a short with its clearance fee', [[-10, 100]], 10, 110, 11, 0, 210, 99, 0],
    ['LIQ-5 a part of a long', [[10, 100]], -4, 90, 3, 0, 190, 147, 600], // 190 − 40 − 3
    ['LIQ-8 a loss beyond the wallet is absorbed', [[10, 100]], -10, 70, 0, 110, 190, 0, 0], // 190 − 300 + 110
    ['LIQ-10 a settlement with profit', [[10, 100]], -10, 130, 0, 0, 190, 490, 0],
  ])('%s', (_, fills, qty, price, fee, absorbed, start, wallet, cost) => {
    const ledger = closed(fills, qty, price, fee, absorbed, start);
    expect([ledger.totals[WALLET], ledger.cost[0], ledger.totals[COST]]).toEqual([wallet * U, cost * U, cost * U]);
    expect([ledger.totals[LIQUIDATION_FEES], ledger.totals[ABSORBED]]).toEqual([fee * U, absorbed * U]);
    expect([ledger.totals[FEES_PAID], ledger.totals[SLIPPAGE]]).toEqual([0, 0]);
    const { totals } = ledger;
    expect(totals[WALLET]).toBe(
      start * U + totals[REALIZED]! + totals[FUNDING]! - totals[FEES_PAID]! - totals[LIQUIDATION_FEES]! + totals[ABSORBED]!,
    );
  });
});

describe('POS-1: slots', () => {
  it('hold a long and a short of one instrument side by side', () => {
    const ledger = createLedger(4, 0 as Sats);
    const one = whole(1);
    const fill = (qty: number, price: number, slot: number): void =>
      applyFill(ledger, one, qty as Lots, price as Ticks, price as Ticks, 0 as Sats, slot);
    fill(10, 100, 1);
    fill(-4, 110, 3);
    fill(-2, 120, 1); // 2 · 20 realised
    fill(1, 90, 3); // 1 · 20 realised
    expect([...ledger.qty]).toEqual([0, 8, 0, -3]);
    expect([...ledger.cost].map((sats) => sats / U)).toEqual([0, 800, 0, -330]);
    expect([ledger.totals[COST], ledger.totals[REALIZED]]).toEqual([470 * U, 60 * U]);
    applyLiquidation(ledger, one, { qty: 3 as Lots, price: 120 as Ticks, fee: 0 as Sats, absorbed: 0 as Sats }, 3);
    expect([...ledger.qty]).toEqual([0, 8, 0, 0]);
    expect(ledger.totals[REALIZED]).toBe(30 * U); // 60 − 3 · 10
  });
});

describe('LED-4: what cannot be held exactly is refused', () => {
  const MAX = Number.MAX_SAFE_INTEGER;
  it('books the largest amount that is exact', () => {
    expect(book(FINE, [[1, MAX]]).cost[0]).toBe(MAX);
    expect(book(FINE, [[-1, MAX]]).cost[0]).toBe(-MAX);
  });
  it.each<[string, Fill[], number]>([
    ['a cost above 2^53', [[2, MAX]], 0],
    [
      'a wallet above 2^53',
      [
        [1, 100],
        [-1, 200],
      ],
      MAX,
    ],
    ['a fee that is NaN', [[1, 100, NaN]], 0],
    ['a price that is NaN', [[1, NaN]], 0],
    ['a quantity that is NaN', [[NaN, 5]], 0],
    [
      'a reduction worth more than 2^53, though the profit is less',
      [
        [3, 1_000_000_000_000_000],
        [-2, 5_000_000_000_000_001],
      ],
      0,
    ],
    [
      'a close worth more than 2^53, though the profit is less',
      [
        [3, 3_000_000_000_000_000],
        [-3, 3_500_000_000_000_001],
      ],
      0,
    ],
  ])('%s', (_, fills, start) => {
    expect(() => book(FINE, fills, start)).toThrow(InvariantError);
  });
  it('the costs of several positions together', () => {
    const ledger = createLedger(2, 0 as Sats);
    const one = { ...FINE, id: 0 as InstrumentId };
    const other = { ...FINE, id: 1 as InstrumentId };
    applyFill(ledger, one, 1 as Lots, MAX as Ticks, MAX as Ticks, 0 as Sats);
    expect(() => applyFill(ledger, other, 1 as Lots, MAX as Ticks, MAX as Ticks, 0 as Sats)).toThrow(InvariantError);
  });
  it('funding that is NaN', () => {
    expect(() => applyFunding(createLedger(1, 0 as Sats), 0, NaN as Sats)).toThrow(InvariantError);
  });
});
