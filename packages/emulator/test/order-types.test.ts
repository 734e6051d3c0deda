import { describe, expect, it } from 'vitest';
import type { Message } from './client.ts';
import { flat, follower, listener } from './follower.ts';
import { closeOf, NEW_YEAR, type Candle } from './market.ts';

const BUY = { side: 'BUY', type: 'MARKET', quantity: '1' };
const EXIT = { side: 'SELL', quantity: '1', reduceOnly: true };
/** What the algo and order events of a client id said. */
const said = (heard: readonly Message[], id: string): unknown[] =>
  heard
    .filter(({ o }) => o?.['caid'] === id || o?.['c'] === id)
    .map(({ e, o }) => (e === 'ALGO_UPDATE' ? o?.['X'] : `${o?.['x']} ${o?.['X']}`));

describe('conditional orders of every type', () => {
  it('a trailing stop follows the price and goes off a callback below its best', async () => {
    // From 110 a callback of 1 % leads to 108.9 on either path.
    const client = await listener([flat(100), flat(100), [100, 110, 100, 105], flat(105)]);
    await client.frame(0);
    await client.order(BUY);
    await client.frame(1);
    const trail = { ...EXIT, type: 'TRAILING_STOP_MARKET', callbackRate: '1', activatePrice: '105', clientAlgoId: 't' };
    expect((await client.stop(trail)).body).toMatchObject({
      callbackRate: '1',
      activatePrice: '105.0',
      triggerPrice: '0',
      algoStatus: 'NEW',
    });
    await client.frame(2);
    expect(said(client.user.heard, 't')).toEqual(['NEW', 'TRIGGERING', 'TRIGGERED', 'NEW NEW', 'TRADE FILLED', 'FINISHED']);
    expect(client.emulator.state().trades.at(-1)).toMatchObject({ price: '108.9', qty: '1.000', maker: false });
  });

  it('a stop-limit becomes a limit order that rests, and is cancelled by the id of that order', async () => {
    // Triggered at 105; its limit of 104 is never reached.
    const client = await listener([flat(104.5), [104.5, 106, 104.5, 105.5], flat(105.5), flat(105.5)]);
    await client.frame(0);
    await client.stop({
      side: 'BUY',
      type: 'STOP',
      quantity: '1',
      triggerPrice: '105',
      price: '104',
      timeInForce: 'GTC',
      clientAlgoId: 's',
    });
    await client.frame(1);
    expect(said(client.user.heard, 's')).toEqual(['NEW', 'TRIGGERING', 'TRIGGERED', 'NEW NEW']);
    const triggered = client.user.heard.find(({ o }) => o?.['X'] === 'TRIGGERED');
    const orderId = Number(triggered?.o?.['ai']);
    const { body } = await client.signed('GET', '/fapi/v1/openOrders', { symbol: 'BTCUSDT' });
    expect(body).toMatchObject([{ orderId, type: 'LIMIT', price: '104.0', status: 'NEW', clientOrderId: 's' }]);
    const change = { symbol: 'BTCUSDT', side: 'BUY', orderId, quantity: '2', price: '103' };
    expect((await client.signed('PUT', '/fapi/v1/order', change)).body).toMatchObject({ code: -5025 });
    expect((await client.signed('DELETE', '/fapi/v1/algoOrder', { clientAlgoId: 's' })).body).toMatchObject({ code: -2011 });
    expect((await client.signed('DELETE', '/fapi/v1/order', { symbol: 'BTCUSDT', orderId })).body).toMatchObject({ status: 'CANCELED' });
    await expect.poll(() => said(client.user.heard, 's').slice(4)).toEqual(['CANCELED CANCELED', 'FINISHED']);
    await client.frame(2);
    expect(client.emulator.state()).toMatchObject({ trades: [], openOrders: [], openAlgoOrders: [] });
  });

  it('a take-profit with a limit fills as a taker where the market is better', async () => {
    const client = await follower([flat(100), flat(100), [100, 112, 100, 111], flat(111)]);
    await client.frame(0);
    await client.order(BUY);
    await client.frame(1);
    await client.stop({ ...EXIT, type: 'TAKE_PROFIT', triggerPrice: '110', price: '109.5', timeInForce: 'GTC' });
    await client.frame(2);
    expect(client.emulator.state().trades.at(-1)).toMatchObject({ price: '110.0', maker: false });
  });

  it('a stop on the mark price goes off by it, and fills at the traded price', async () => {
    const marks = [
      [100, 100, 100, 100],
      [100, 100, 100, 100],
      [100, 100, 89, 95],
    ] as const;
    const client = await follower([flat(100), flat(100), flat(100)], {}, { marks });
    await client.frame(0);
    await client.order(BUY);
    await client.frame(1);
    await client.stop({ ...EXIT, type: 'STOP_MARKET', triggerPrice: '90', workingType: 'MARK_PRICE' });
    await client.frame(2);
    expect(client.emulator.state().trades.at(-1)).toMatchObject({ price: '100.0', realizedPnl: '0.00000000' });
    expect((await client.ask('GET', '/fapi/v1/premiumIndex', { query: 'symbol=BTCUSDT' })).body).toMatchObject({
      markPrice: '95.00000000',
    });
    const { body } = await client.ask('GET', '/fapi/v1/markPriceKlines', { query: 'symbol=BTCUSDT&interval=5m&limit=2' });
    const rows = (body as unknown as unknown[][]).map((row) => row.slice(0, 6));
    expect(rows).toEqual([
      [NEW_YEAR + 600_000, '100.00000000', '100.00000000', '89.00000000', '95.00000000', '0'],
      [NEW_YEAR + 900_000, '95.00000000', '95.00000000', '95.00000000', '95.00000000', '0'],
    ]);
  });

  it('priceProtect holds a stop back while mark and traded price are 5 % apart', async () => {
    const marks = [0, 1, 2].map(() => [100, 100, 100, 100] as const);
    const client = await follower([flat(100), flat(100), [100, 100, 90, 90]], {}, { marks });
    await client.frame(0);
    await client.order(BUY);
    await client.frame(1);
    const stop = { ...EXIT, type: 'STOP_MARKET', triggerPrice: '92' };
    await client.stop({ ...stop, priceProtect: true, clientAlgoId: 'protected' });
    await client.frame(2);
    expect(client.emulator.state().openAlgoOrders).toMatchObject([{ clientAlgoId: 'protected', algoStatus: 'NEW', priceProtect: true }]);
  });

  it('one that would add without the margin for it is rejected at its trigger', async () => {
    const client = await listener([flat(100), [100, 106, 100, 106], flat(106)], { startEquity: '100' });
    await client.frame(0);
    // 20 · 105 / 20 = 105 of 100: nothing is asked for before the trigger.
    await client.stop({ side: 'BUY', type: 'STOP_MARKET', quantity: '20', triggerPrice: '105', clientAlgoId: 'dear' });
    await client.frame(1);
    expect(said(client.user.heard, 'dear')).toEqual(['NEW', 'REJECTED']);
    expect(client.user.heard.at(-1)?.o).toMatchObject({ rm: 'Margin is insufficient.' });
  });
});

describe('times in force, parts and amendments', () => {
  it('a fill-or-kill order fills whole, or not where the volume does not allow it', async () => {
    const FOK = { side: 'BUY', type: 'LIMIT', timeInForce: 'FOK', price: '101' };
    const client = await follower([flat(100), flat(100), flat(100)], { venue: { maxVolumeShare: 0.5 } });
    await client.frame(0);
    // Half of a volume of 1.
    expect((await client.order({ ...FOK, quantity: '0.501' })).body).toMatchObject({ code: -5021 });
    expect((await client.order({ ...FOK, quantity: '0.5' })).body).toMatchObject({ status: 'NEW', timeInForce: 'FOK' });
    await client.frame(1);
    expect(client.emulator.state().trades).toMatchObject([{ qty: '0.500', price: '100.0' }]);
  });

  it('a good-till-date order expires with the first candle that opens at its date', async () => {
    const client = await listener(Array.from({ length: 5 }, () => flat(100)));
    await client.frame(0);
    const order = { side: 'BUY', type: 'LIMIT', timeInForce: 'GTD', price: '99', quantity: '1', newClientOrderId: 'g' };
    const goodTillDate = closeOf(0) + 1 + 605_000;
    expect((await client.order({ ...order, goodTillDate })).body).toMatchObject({ goodTillDate, timeInForce: 'GTD' });
    await client.frame(1);
    await client.frame(2);
    await client.frame(3);
    expect(client.emulator.state().openOrders).toHaveLength(1);
    await client.frame(4);
    expect(said(client.user.heard, 'g')).toEqual(['NEW NEW', 'EXPIRED EXPIRED']);
  });

  it('a market order fills in parts where the volume is capped, with a trade for each and their average', async () => {
    const volumes: readonly Candle[] = [flat(100), [100, 100, 100, 100, 2], [103, 103, 103, 103, 2], flat(103)];
    const client = await listener(volumes, { venue: { maxVolumeShare: 0.5 }, takerFeeBps: 0 });
    await client.frame(0);
    await client.order({ side: 'BUY', type: 'MARKET', quantity: '1.5', newClientOrderId: 'm' });
    await client.frame(1);
    const first = client.user.heard.find(({ o }) => o?.['x'] === 'TRADE');
    expect(first?.o).toMatchObject({ X: 'PARTIALLY_FILLED', l: '1.000', z: '1.000', q: '1.500', L: '100.0' });
    await client.frame(2);
    // (1 · 100 + 0.5 · 103) / 1.5
    expect((await client.signed('GET', '/fapi/v1/order', { symbol: 'BTCUSDT', origClientOrderId: 'm' })).body).toMatchObject({
      status: 'FILLED',
      executedQty: '1.500',
      avgPrice: '101.0',
      cumQuote: '151.50000000',
    });
    expect((await client.signed('GET', '/fapi/v1/userTrades', { symbol: 'BTCUSDT' })).body).toMatchObject([
      { qty: '1.000', price: '100.0' },
      { qty: '0.500', price: '103.0' },
    ]);
  });

  it('an amendment changes price and quantity under the same id', async () => {
    const client = await listener([flat(100), [100, 100, 96, 98], flat(98)]);
    await client.frame(0);
    const placed = await client.order({
      side: 'BUY',
      type: 'LIMIT',
      timeInForce: 'GTC',
      price: '95',
      quantity: '1',
      newClientOrderId: 'a',
    });
    const amend = (quantity: string, price: string): ReturnType<typeof client.signed> =>
      client.signed('PUT', '/fapi/v1/order', { symbol: 'BTCUSDT', side: 'BUY', origClientOrderId: 'a', quantity, price });
    expect((await amend('1', '95')).body).toMatchObject({ code: -5027 });
    expect((await amend('1', '105.1')).body).toMatchObject({ code: -4016 });
    expect((await amend('3', '97')).body).toMatchObject({
      orderId: placed.body['orderId'] ?? 0,
      origQty: '3.000',
      price: '97.0',
      status: 'NEW',
    });
    await client.frame(1);
    expect(said(client.user.heard, 'a')).toEqual(['NEW NEW', 'AMENDMENT NEW', 'TRADE FILLED']);
    expect(client.emulator.state().trades).toMatchObject([{ qty: '3.000', price: '97.0', maker: true }]);
    expect((await amend('4', '97')).body).toMatchObject({ code: -2013 });
  });
});
