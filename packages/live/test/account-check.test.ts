import { describe, expect, it } from 'vitest';
import { askSigned, CALM, order, Rig, startVenue } from './rig.ts';

/** A gateway over so many symbols. */
async function over(count: number): Promise<Rig> {
  const symbols = Array.from({ length: count }, (_, id) => `S${id}USDT`);
  const venue = await startVenue(symbols.map((symbol) => ({ symbol, candles: CALM })));
  return Rig.over(venue, { symbols });
}

/** How often positions, orders and conditional orders are asked for by one check, and what it says. */
async function cost(rig: Rig): Promise<{ readonly asked: readonly number[]; readonly isSame: boolean }> {
  const count = (): number[] => ['v3/positionRisk', 'v1/openOrders', 'v1/openAlgoOrders'].map((path) => rig.asked(`GET /fapi/${path}`));
  const before = count();
  const isSame = await rig.gateway.check();
  return { asked: count().map((now, k) => now - before[k]!), isSame };
}

const LIMIT = { side: 'BUY', quantity: '1', price: '95', type: 'LIMIT', timeInForce: 'GTC', newClientOrderId: 'web_1' };

describe('the look at the account before a decision', () => {
  it('asks for the orders of the symbols that have some, and of one more', async () => {
    const rig = await over(5);
    expect(await cost(rig)).toEqual({ asked: [1, 1, 1], isSame: true });
    await rig.gateway.send(order(1, { instrument: 0, orderType: 'limit', price: 950 }));
    await rig.gateway.send(order(2, { instrument: 4, side: 'sell', orderType: 'stop_market', trigger: 900 }));
    await rig.gateway.idle();
    // The second symbol had its turn; now it is the third's.
    expect(await cost(rig)).toEqual({ asked: [1, 3, 3], isSame: true });
  });

  it('sees an order of somebody else where the list of positions shows one', async () => {
    const rig = await over(5);
    await askSigned(rig.venue, 'POST', '/fapi/v1/order', { ...LIMIT, symbol: 'S4USDT' });
    // The first look sees it, and everything is looked at once more.
    expect(await cost(rig)).toEqual({ asked: [2, 2 + 5, 2 + 5], isSame: false });
  });

  it('sees one beside a position by the margin that it takes', async () => {
    const rig = await over(5);
    await rig.gateway.send(order(1, { instrument: 4 }));
    await rig.next();
    expect(await cost(rig)).toEqual({ asked: [1, 1, 1], isSame: true });
    await askSigned(rig.venue, 'POST', '/fapi/v1/order', { ...LIMIT, symbol: 'S4USDT' });
    expect((await cost(rig)).isSame).toBe(false);
  });

  it('sees any other when the turn comes to its symbol', async () => {
    const rig = await over(3);
    await rig.gateway.send(order(1, { instrument: 0 }));
    await rig.next();
    // Against the position: it takes no margin.
    await askSigned(rig.venue, 'POST', '/fapi/v1/order', { ...LIMIT, side: 'SELL', price: '150', symbol: 'S0USDT' });
    const seen: boolean[] = [];
    for (let k = 0; k < 3; k++) seen.push((await cost(rig)).isSame);
    expect(seen).toEqual([true, true, false]);
  });

  it('asks for all orders at once where that weighs less than symbol by symbol', async () => {
    const rig = await over(41);
    await askSigned(rig.venue, 'POST', '/fapi/v1/order', { ...LIMIT, symbol: 'S40USDT' });
    expect(await cost(rig)).toEqual({ asked: [2, 2 + 1, 2 + 1], isSame: false });
    await rig.gateway.reconcile();
    expect(rig.problems.at(-1)).toEqual({ kind: 'foreign_activity', message: 'S40USDT: order web_1 is not known of' });
  });
});
