import { describe, expect, it } from 'vitest';
import {
  hasLimit,
  isBehind,
  isConditional,
  isRising,
  PLAIN_TERMS,
  sideOfTerms,
  slotOf,
  termsOf,
  type InstrumentId,
} from '../../src/index.ts';

describe('kinds of orders', () => {
  it.each([
    // type, waits for a trigger, has a limit, a sell goes off when the price rises
    ['market', false, false, false],
    ['limit', false, true, false],
    ['stop_market', true, false, false],
    ['take_profit_market', true, false, true],
    ['stop', true, true, false],
    ['take_profit', true, true, true],
    ['trailing_stop_market', true, false, false],
  ] as const)('FILL-3, FILL-4: %s', (type, conditional, limit, rising) => {
    expect([isConditional(type), hasLimit(type)]).toEqual([conditional, limit]);
    if (conditional) expect([isRising(type, 'sell'), isRising(type, 'buy')]).toEqual([rising, !rising]);
  });
  it.each([
    ['stop', 'sell', 94, 95, 96],
    ['stop', 'buy', 106, 105, 104],
    ['take_profit', 'sell', 106, 105, 104],
    ['take_profit', 'buy', 94, 95, 96],
  ] as const)('GATE-4: a %s that %ss is behind beyond its trigger and at it, not before', (type, side, beyond, at, before) => {
    expect([beyond, at, before].map((price) => isBehind(type, side, at, price))).toEqual([true, true, false]);
  });
});

describe('terms', () => {
  it('JRN-2: are null where nothing about them is special', () => {
    expect([termsOf(undefined), termsOf({}), termsOf({ ...PLAIN_TERMS }), termsOf({ positionSide: 'both' })]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
  it('JRN-2: are whole where anything is', () => {
    expect(termsOf({ workingType: 'mark_price' })).toEqual({ ...PLAIN_TERMS, workingType: 'mark_price' });
    expect(termsOf({ goodTillDate: 5 as never })).toEqual({ ...PLAIN_TERMS, goodTillDate: 5 });
  });
  it('POS-1: say which position an order works on', () => {
    expect([sideOfTerms(null), sideOfTerms(termsOf({ positionSide: 'short' }))]).toEqual(['both', 'short']);
    expect((['both', 'long', 'short'] as const).map((side) => slotOf(2 as InstrumentId, side, 5))).toEqual([2, 2, 7]);
  });
});
