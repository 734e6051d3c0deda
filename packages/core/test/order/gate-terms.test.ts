import { describe, expect, it } from 'vitest';
import { createLedger, denial, termsOf, type GateState, type OrderRequest, type Sats } from '../../src/index.ts';
import { MINUTE, whole } from '../engine/fixture.ts';
import { parseOrder } from '../venue/table.ts';

/** An order in the words of the venue's tables, as a strategy asks for it. */
function asked(text: string): OrderRequest {
  const { instrument, side, orderType, qty, price, trigger, timeInForce, reduceOnly, terms } = parseOrder(text, 1);
  return {
    instrument,
    side,
    orderType,
    qty,
    timeInForce,
    reduceOnly,
    terms: terms ?? {},
    ...(price === null ? {} : { price }),
    ...(trigger === null ? {} : { trigger }),
  };
}

/** Asked at a last close of 100, at minute 100; the account holds 10,000 USDT and may go to ten times that. */
function state(changed: Partial<GateState> = {}): GateState {
  return {
    ledger: createLedger(2, 0 as Sats),
    maxLeverage: 10,
    isHedged: false,
    instruments: 1,
    now: (100 * MINUTE) as GateState['now'],
    last: 100 as GateState['last'],
    openOrders: 0,
    conditional: 0,
    inFlight: 0,
    equity: 1e12,
    gross: 0,
    ...changed,
  };
}
const HEDGED = { isHedged: true };

describe('gate: terms', () => {
  it.each<[string, string, string | null, Partial<GateState>?]>([
    ['GATE-9 closePosition of a stop', 'sell all stop 95', null],
    ['GATE-9 closePosition of a target', 'sell all target 105', null],
    ['GATE-9 closePosition of a stop with a limit', 'sell all stop 95 limit 94', 'bad_terms'],
    ['GATE-9 closePosition of a market order', 'sell all market', 'bad_terms'],
    ['GATE-9 closePosition of a trailing stop', 'sell all trail 5%', 'bad_terms'],
    ['GATE-9 closePosition with reduceOnly', 'sell all stop 95 reduce', 'bad_terms'],
    ['GATE-9 a trailing stop', 'sell 10 trail 5%', null],
    ['GATE-9 the least callback', 'sell 10 trail 0.1%', null],
    ['GATE-9 below it', 'sell 10 trail 0.09%', 'bad_terms'],
    ['GATE-9 the largest callback', 'sell 10 trail 10%', null],
    ['GATE-9 above it', 'sell 10 trail 10.1%', 'bad_terms'],
    ['GATE-9 gtd eleven minutes ahead', 'buy 10 limit 95 till 111', null],
    ['GATE-9 gtd nine minutes ahead', 'buy 10 limit 95 till 109', 'bad_terms'],
    ['GATE-9 gtd in the past', 'buy 10 limit 95 till 99', 'bad_terms'],
    ['GATE-9 mark price of a trigger', 'sell 10 stop 95 mark', null],
    ['GATE-9 mark price of a limit', 'buy 10 limit 95 mark', 'bad_terms'],
    ['GATE-9 mark price of a market order', 'buy 10 market mark', 'bad_terms'],
    ['GATE-9 priceProtect of a trigger', 'sell 10 stop 95 protect', null],
    ['GATE-9 priceProtect of a limit', 'buy 10 limit 95 protect', 'bad_terms'],
    ['GATE-9 a side in one-way mode', 'buy 10 market long', 'bad_terms'],
    ['GATE-9 a side in hedge mode', 'buy 10 market long', null, HEDGED],
    ['GATE-9 no side in hedge mode', 'buy 10 market', 'bad_terms', HEDGED],
    ['POS-2 reduceOnly in hedge mode', 'sell 10 market long reduce', 'bad_terms', HEDGED],
    ['POS-2 closing a long in hedge mode', 'sell 10 market long', null, HEDGED],
    ['GATE-5 a stop with a limit', 'buy 10 stop 105 limit 106', null],
    ['GATE-5 a trailing stop without activation', 'buy 10 trail 5%', null],
    ['GATE-4 a stop with a limit that is behind', 'buy 10 stop 100 limit 106', 'would_trigger'],
    ['GATE-4 a target with a limit', 'sell 10 target 105 limit 104', null],
    ['GATE-4 a target with a limit that is behind', 'sell 10 target 100 limit 104', 'would_trigger'],
    ['GATE-4 an activation price ahead of a sell', 'sell 10 trail 5% from 105', null],
    ['GATE-4 an activation price ahead of a buy', 'buy 10 trail 5% from 95', null],
    ['GATE-6 the last conditional order of the account', 'sell 10 stop 95', null, { conditional: 199 }],
    ['GATE-6 one too many', 'sell 10 stop 95', 'too_many_conditional_orders', { conditional: 200 }],
    ['GATE-6 a trailing stop is conditional', 'sell 10 trail 5%', 'too_many_conditional_orders', { conditional: 200 }],
    ['GATE-6 a limit is none', 'buy 10 limit 95', null, { conditional: 200 }],
    ['GATE-6 the symbol has no room', 'buy 10 limit 95', 'too_many_orders', { openOrders: 200 }],
    ['GATE-3 all that the leverage allows', 'buy 1000 limit 100', null],
    ['GATE-3 one lot more', 'buy 1001 limit 100', 'above_max_leverage'],
    ['GATE-3 a close in hedge mode adds nothing', 'sell 1001 limit 100 long', null, HEDGED],
  ])('%s: %s', (_, text, reason, changed = {}) => expect(denial(whole(), asked(text), state(changed))).toBe(reason));

  it('GATE-9: closePosition has no quantity, everything else has one', () => {
    const terms = { closePosition: true };
    expect(denial(whole(), { ...asked('sell 10 stop 95'), terms }, state())).toBe('bad_quantity');
    expect(denial(whole(), { ...asked('sell 10 stop 95'), qty: 0 as never }, state())).toBe('bad_quantity');
  });
  it('GATE-9: a callback rate is for a trailing stop alone, a date for gtd alone', () => {
    const rate = { callbackRate: 1_000_000 as never };
    const date = { goodTillDate: (200 * MINUTE) as never };
    const plain = termsOf({}) ?? {};
    const trail = { ...asked('sell 10 trail 5%'), terms: plain };
    expect(denial(whole(), trail, state())).toBe('bad_terms');
    expect(denial(whole(), { ...asked('sell 10 stop 95'), terms: rate }, state())).toBe('bad_terms');
    expect(denial(whole(), { ...asked('buy 10 limit 95'), terms: date }, state())).toBe('bad_terms');
    expect(denial(whole(), { ...asked('buy 10 limit 95'), timeInForce: 'gtd' }, state())).toBe('bad_terms');
  });
  it('GATE-6: a symbol may have a limit of its own', () => {
    const few = whole(0, { maxNumOrders: 3 });
    expect([2, 3].map((openOrders) => denial(few, asked('buy 10 limit 95'), state({ openOrders })))).toEqual([null, 'too_many_orders']);
  });
});
