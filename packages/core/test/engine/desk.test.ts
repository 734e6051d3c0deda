import { describe, expect, it } from 'vitest';
import type { Desk, InstrumentId, Lots, OrderId, SubmitOrder, Ticks } from '../../src/index.ts';
import { messages, run, scripted, tapeOf, whole, type Act, type Row } from './fixture.ts';

const CANDLE: Row = [100, 105, 95, 100];
const I = 0 as InstrumentId;
const lots = (n: number): Lots => n as Lots;
const ticks = (n: number): Ticks => n as Ticks;
const flat = (count: number): readonly Row[] => Array.from({ length: count }, () => CANDLE);

/** Runs acts at rows of one instrument, 10,000 USDT, candles around 100. */
function play(acts: Readonly<Record<number, Act>>, rows: readonly Row[] = flat(4), instrument = whole(0)) {
  return run({ instruments: [instrument], tapes: [tapeOf(rows)], strategy: scripted({ 0: acts }) });
}
const submitted = (made: ReturnType<typeof play>): readonly string[] =>
  messages(made.entries, 'SubmitOrder').map(
    (order: SubmitOrder) => `${order.side} ${order.qty} ${order.orderType}${order.reduceOnly ? ' reduce' : ''}`,
  );

describe('target', () => {
  it.each<[string, number, number, readonly string[]]>([
    ['TARGET-1 from flat', 0, 10, ['buy 10 market']],
    ['TARGET-1 more', 10, 15, ['buy 10 market', 'buy 5 market']],
    ['TARGET-1 less is reduce-only', 10, 4, ['buy 10 market', 'sell 6 market reduce']],
    ['TARGET-1 flat is reduce-only', 10, 0, ['buy 10 market', 'sell 10 market reduce']],
    ['TARGET-1 to the other side', 10, -5, ['buy 10 market', 'sell 15 market']],
    ['TARGET-1 short, less', -10, -4, ['sell 10 market', 'buy 6 market reduce']],
    ['TARGET-1 nothing to do', 10, 10, ['buy 10 market']],
  ])('%s', (_, held, wanted, orders) => {
    const made = play({ 0: (desk) => desk.target(I, lots(held)), 2: (desk) => desk.target(I, lots(wanted)) });
    expect(submitted(made)).toEqual(orders);
    expect(made.engine.ledger.qty[0]).toBe(wanted);
  });
  it('TARGET-1: counts market orders under way as done', () => {
    const made = play({ 0: (desk) => [10, 10, 4].forEach((qty) => desk.target(I, lots(qty))) });
    expect(submitted(made)).toEqual(['buy 10 market', 'sell 6 market reduce']);
    expect(made.engine.ledger.qty[0]).toBe(4);
  });
  it('TARGET-2: a share is of equity over the number of symbols, rounded down to a lot', () => {
    // 10,000 USDT over 2 symbols, at 70: 71.4 lots
    const row: Row = [70, 71, 69, 70];
    const made = run({
      tapes: [tapeOf([row, row]), tapeOf([row, row], 1)],
      strategy: scripted({ 0: { 0: (desk, id) => desk.targetShare(id, 1) }, 1: { 0: (desk, id) => desk.targetShare(id, -0.5) } }),
    });
    expect([...made.engine.ledger.qty]).toEqual([71, -35]);
  });
  it('TARGET-3: acts only when the share changes, though the price has moved', () => {
    const rows: readonly Row[] = [
      [100, 100, 100, 100],
      [100, 100, 100, 100],
      [50, 50, 50, 50],
      [50, 50, 50, 50],
    ];
    const half: Act = (desk, id) => desk.targetShare(id, 0.5);
    const made = play({ 0: half, 1: half, 2: half, 3: half }, rows);
    expect(submitted(made)).toEqual(['buy 50 market']);
  });
  it('TARGET-3: 0 always goes flat, whatever opened the position', () => {
    const made = play({ 0: (desk) => desk.target(I, lots(7)), 2: (desk) => desk.targetShare(I, 0) });
    expect(made.engine.ledger.qty[0]).toBe(0);
  });
});

describe('bracket', () => {
  const ask = (changed: object) => (desk: Desk) =>
    desk.bracket({ instrument: I, side: 'buy', qty: lots(10), stop: ticks(90), target: ticks(110), ...changed });
  it('ORD-7: is an entry and two reduce-only children of it', () => {
    const made = play({ 0: ask({}) });
    expect(messages(made.entries, 'SubmitOrder')).toMatchObject([
      { orderId: 1, orderType: 'market', side: 'buy', parent: null, reduceOnly: false },
      { orderId: 2, orderType: 'stop_market', side: 'sell', parent: 1, reduceOnly: true, trigger: 90 },
      { orderId: 3, orderType: 'take_profit_market', side: 'sell', parent: 1, reduceOnly: true, trigger: 110 },
    ]);
  });
  it.each<[string, object, string]>([
    ['a stop above the price', { stop: ticks(100) }, 'would_trigger'],
    ['a target below the price', { target: ticks(100) }, 'would_trigger'],
    ['a stop above a limit entry', { price: ticks(90), stop: ticks(91) }, 'would_trigger'],
    ['a stop that is no number', { stop: NaN }, 'bad_price'],
    ['a stop at nothing', { stop: ticks(0) }, 'bad_price'],
    ['a stop below nothing', { stop: ticks(-5) }, 'bad_price'],
    ['a target between ticks', { target: ticks(110.5) }, 'bad_price'],
    ['exits larger than a market order may be', { price: ticks(95), qty: lots(60_000) }, 'above_max_quantity'],
    ['an entry that is too small', { qty: lots(0) }, 'bad_quantity'],
  ])('ORD-9: is denied whole, never entered without its exits: %s', (_, changed, reason) => {
    const made = play({ 0: ask(changed) });
    expect(messages(made.entries, 'OrderDenied').map((denied) => denied.reason)).toEqual([reason]);
    expect(submitted(made)).toEqual([]);
  });
  it('ORD-9: needs room for all three among the open orders', () => {
    const made = play({
      0: (desk) => {
        for (let k = 0; k < 198; k++) desk.order({ instrument: I, side: 'buy', orderType: 'limit', qty: lots(1), price: ticks(50) });
        ask({})(desk);
      },
    });
    expect(messages(made.entries, 'OrderDenied').map(({ reason }) => reason)).toEqual(['too_many_orders']);
    expect(messages(made.entries, 'SubmitOrder')).toHaveLength(198);
  });
  it('ORD-7: an order cannot be the child of one that is gone', () => {
    const act: Act = (desk) =>
      desk.order({ instrument: I, side: 'sell', orderType: 'stop_market', qty: lots(10), trigger: ticks(90), parent: 77 as OrderId });
    expect(() => play({ 0: act })).toThrow(/order 77 is not open on T0USDT, so nothing can be its child/);
  });
});

describe('cancel', () => {
  it('ORD-2: takes the sleeping children along, and a second time does nothing', () => {
    const made = play({
      0: (desk) => desk.bracket({ instrument: I, side: 'buy', qty: lots(10), price: ticks(80), stop: ticks(70), target: ticks(90) }),
      1: (desk) => {
        desk.cancelAll(I);
        desk.cancelAll(I);
      },
      2: (desk) => desk.cancelAll(I),
    });
    expect(messages(made.entries, 'OrderCanceled').map(({ orderId, reason }) => [orderId, reason])).toEqual([
      [1, 'requested'],
      [2, 'parent_gone'],
      [3, 'parent_gone'],
    ]);
    expect(made.engine.orders.of(I)).toEqual([]);
  });
  it('ORD-10: the exits of a market entry under way are cancelled, the entry is not', () => {
    const made = play({
      0: (desk) => {
        desk.bracket({ instrument: I, side: 'buy', qty: lots(10), stop: ticks(90) });
        desk.cancelAll(I);
      },
    });
    expect(messages(made.entries, 'CancelOrder').map(({ orderId }) => orderId)).toEqual([2]);
    expect(made.engine.ledger.qty[0]).toBe(10);
    expect(made.engine.orders.of(I)).toEqual([]);
  });
  it('ORD-10: a market order is on its way and cannot be called back, so going flat counts it', () => {
    const half: Act = (desk) => desk.target(I, lots(5));
    const close: Act = (desk) => {
      desk.cancelAll(I);
      desk.targetShare(I, 0);
    };
    const made = play({
      0: (desk) => desk.target(I, lots(10)),
      2: (desk, id, candle) => {
        half(desk, id, candle);
        close(desk, id, candle);
      },
    });
    expect(made.engine.ledger.qty[0]).toBe(0);
    expect(messages(made.entries, 'CancelOrder')).toEqual([]);
  });
});
