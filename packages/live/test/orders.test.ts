import { describe, expect, it } from 'vitest';
import { CALM, cancelOf, order, Rig } from './rig.ts';
import type { Candle } from './market.ts';

const limit = { orderType: 'limit', price: 950 } as const;

describe('orders at the venue', () => {
  it('fills a market order at the next open and hands over accepted and filled', async () => {
    const rig = await Rig.start();
    await rig.next();
    await rig.gateway.send(order(1));
    expect(rig.story).toEqual(['1 accepted']);
    await rig.next();
    // 1 BTC at 100 = 100 USDT, 5 basis points = 0.05 USDT
    expect(rig.story).toEqual(['1 accepted', '1 filled 1: 1000 at 1000 fee 5000000 done']);
    expect(rig.problems).toEqual([]);
    expect(await rig.gateway.check()).toBe(true);
  });

  it('sends no order twice: once it has filled, the venue would take its client id again', async () => {
    const rig = await Rig.start();
    await rig.next();
    await rig.gateway.send(order(1));
    await rig.next();
    await expect(rig.gateway.send(order(1))).rejects.toThrow('order 1 was to be sent a second time');
    expect(rig.venue.state().orders).toHaveLength(1);
  });

  it('takes a limit order back, and says so once', async () => {
    const rig = await Rig.start();
    await rig.next();
    await rig.gateway.send(order(1, limit));
    expect(await rig.gateway.check()).toBe(true);
    await rig.gateway.send(cancelOf(1));
    await rig.gateway.send(cancelOf(1));
    expect(rig.story).toEqual(['1 accepted', '1 canceled requested']);
    expect(await rig.gateway.check()).toBe(true);
  });

  it('names refusals: margin, filters, post-only, reduce-only, trigger', async () => {
    const rig = await Rig.start();
    await rig.next();
    await rig.gateway.send(order(1, { qty: 900_000, orderType: 'limit', price: 1000 }));
    await rig.gateway.send(order(2, { ...limit, qty: 1 }));
    await rig.gateway.send(order(3, { orderType: 'limit', price: 1005, timeInForce: 'gtx' }));
    await rig.gateway.send(order(4, { side: 'sell', reduceOnly: true }));
    await rig.gateway.send(order(5, { orderType: 'stop_market', side: 'sell', trigger: 1010 }));
    expect(rig.story).toEqual([
      '1 rejected insufficient_margin',
      '2 rejected filter',
      '3 rejected post_only_would_take',
      '4 rejected reduce_only',
      '5 rejected would_trigger',
    ]);
    expect(rig.problems).toEqual([]);
  });

  it('names its orders after the session and the order', async () => {
    const rig = await Rig.start();
    await rig.next();
    await rig.gateway.send(order(7, limit));
    await rig.gateway.send(order(8, { orderType: 'stop_market', side: 'sell', trigger: 900 }));
    const { openOrders, openAlgoOrders } = rig.venue.state();
    expect(openOrders[0]).toMatchObject({ clientOrderId: 'otest-7', price: '95.0', origQty: '1.000', timeInForce: 'GTC', type: 'LIMIT' });
    expect(openAlgoOrders[0]).toMatchObject({
      clientAlgoId: 'otest-8',
      orderType: 'STOP_MARKET',
      triggerPrice: '90.0',
      workingType: 'CONTRACT_PRICE',
      quantity: '1.000',
    });
  });
});

describe('brackets', () => {
  const bracket = [
    order(1),
    order(2, { orderType: 'stop_market', side: 'sell', trigger: 950, reduceOnly: true, parent: 1 }),
    order(3, { orderType: 'take_profit_market', side: 'sell', trigger: 1050, reduceOnly: true, parent: 1 }),
  ];
  const rising: readonly Candle[] = [...CALM.slice(0, 3), [100, 106, 99, 105], ...CALM.slice(0, 3)];

  it('holds children until their parent fills, and the first exit cancels the other (ORD-7)', async () => {
    const rig = await Rig.start(rising);
    await rig.next();
    for (const one of bracket) await rig.gateway.send(one);
    expect(rig.venue.state().openAlgoOrders).toEqual([]);
    await rig.next();
    expect(rig.story).toEqual(['1 accepted', '1 filled 1: 1000 at 1000 fee 5000000 done', '2 accepted', '3 accepted']);
    expect(await rig.gateway.check()).toBe(true);
    await rig.next();
    await rig.next();
    expect(rig.story.slice(4)).toEqual(['3 filled 1: -1000 at 1050 fee 5250000 done', '2 canceled other_filled']);
    expect(rig.venue.state().openAlgoOrders).toEqual([]);
    expect(await rig.gateway.check()).toBe(true);
    expect(rig.problems).toEqual([]);
  });

  it('cancels sleeping children of a parent that was taken back (ORD-2)', async () => {
    const rig = await Rig.start();
    await rig.next();
    await rig.gateway.send(order(1, limit));
    await rig.gateway.send(bracket[1]!);
    await rig.gateway.send(bracket[2]!);
    await rig.gateway.send(cancelOf(3));
    await rig.gateway.send(cancelOf(1));
    expect(rig.story).toEqual(['1 accepted', '3 canceled requested', '1 canceled requested', '2 canceled parent_gone']);
  });

  it('cancels sleeping children of a parent that was refused', async () => {
    const rig = await Rig.start();
    await rig.next();
    // Both are on their way when the refusal comes.
    const sent = [order(1, { ...limit, qty: 1 }), bracket[1]!].map((one) => rig.gateway.send(one));
    await Promise.all(sent);
    expect(rig.story).toEqual(['1 rejected filter', '2 canceled parent_gone']);
  });

  it('cancels the exits of a position that another order closed (ORD-8)', async () => {
    const rig = await Rig.start();
    await rig.next();
    for (const one of bracket) await rig.gateway.send(one);
    await rig.next();
    await rig.gateway.send(order(4, { side: 'sell', reduceOnly: true }));
    await rig.next();
    expect(rig.story.slice(4)).toEqual([
      '4 accepted',
      '4 filled 1: -1000 at 1000 fee 5000000 done',
      '2 canceled position_closed',
      '3 canceled position_closed',
    ]);
    expect(rig.venue.state().openAlgoOrders).toEqual([]);
    expect(await rig.gateway.check()).toBe(true);
  });

  it('sends an exit whose trigger is met already as a market order', async () => {
    const rig = await Rig.start([...CALM.slice(0, 1), [94, 95, 93, 94], ...CALM]);
    await rig.next();
    for (const one of bracket) await rig.gateway.send(one);
    await rig.next();
    await rig.next();
    expect(rig.story).toEqual([
      '1 accepted',
      '1 filled 1: 1000 at 940 fee 4700000 done',
      '2 accepted',
      '3 accepted',
      '2 filled 1: -1000 at 940 fee 4700000 done',
      '3 canceled other_filled',
    ]);
    expect(rig.venue.state().orders.map((one) => one['clientOrderId'])).toEqual(['otest-1', 'otest-2']);
  });
});
