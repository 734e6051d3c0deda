import { describe, expect, it } from 'vitest';
import { start } from './client.ts';
import { closeOf, makeMarket, NEW_YEAR } from './market.ts';

type Params = Record<string, string | number | boolean>;
const LIMIT = { side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '1', price: '100' };
const MARKET = { side: 'BUY', type: 'MARKET', quantity: '1' };
const TRAIL = { side: 'SELL', type: 'TRAILING_STOP_MARKET', quantity: '1', callbackRate: '1' };
const STOP = { side: 'SELL', type: 'STOP_MARKET', quantity: '1', triggerPrice: '90' };

// One BTCUSDT at 100: tick 0.1, step 0.001, at least 0.001 and 50 USDT, at most 1000 (120 at market); the next open is 100 too.
describe('orders are refused as the venue refuses them', () => {
  const refused: readonly (readonly [why: string, code: number, params: Params])[] = [
    ['an unknown symbol', -1121, { ...LIMIT, symbol: 'NOPE' }],
    ['an unknown side', -1117, { ...LIMIT, side: 'HOLD' }],
    ['an unknown type', -1116, { ...LIMIT, type: 'ICEBERG' }],
    ['an unknown time in force', -1115, { ...LIMIT, timeInForce: 'RPI' }],
    ['a date that is not there', -1102, { ...LIMIT, timeInForce: 'GTD' }],
    // Market time is the first open: ten minutes later is too near.
    ['a date that is too near', -5040, { ...LIMIT, timeInForce: 'GTD', goodTillDate: NEW_YEAR + 600_000 }],
    ['a limit without a price', -1102, { side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '1' }],
    ['no quantity', -1102, { side: 'BUY', type: 'MARKET' }],
    ['a quantity that is no number', -1100, { ...MARKET, quantity: '1e3' }],
    ['a quantity finer than the step', -1111, { ...MARKET, quantity: '0.0015' }],
    ['a price finer than the tick', -1111, { ...LIMIT, price: '100.05' }],
    ['no quantity at all', -4003, { ...MARKET, quantity: '0' }],
    ['too much', -4005, { ...LIMIT, quantity: '1000.001' }],
    ['too much at market', -4005, { ...MARKET, quantity: '120.001' }],
    ['a price of zero', -4013, { ...LIMIT, price: '0' }],
    ['a price below zero', -4001, { ...LIMIT, price: '-1' }],
    ['a price beyond the greatest', -4002, { ...LIMIT, price: '100000000.1' }],
    ['a bid far above the mark', -4016, { ...LIMIT, price: '105.1' }],
    ['an offer far below the mark', -4024, { ...LIMIT, side: 'SELL', price: '94.9' }],
    ['too little value', -4164, { ...MARKET, quantity: '0.499' }],
    ['a client id with a blank', -4015, { ...MARKET, newClientOrderId: 'a b' }],
    ['a client id of 37 letters', -4015, { ...MARKET, newClientOrderId: 'a'.repeat(37) }],
    ['a side of hedge mode', -4061, { ...MARKET, positionSide: 'LONG' }],
    ['reducing nothing', -2022, { ...MARKET, reduceOnly: true }],
    ['a post-only order that would take', -5022, { ...LIMIT, timeInForce: 'GTX', price: '100.1' }],
    ['a fill-or-kill order that finds nothing', -5021, { ...LIMIT, timeInForce: 'FOK', price: '99' }],
    // 10,000 at leverage 20 carry 200,000.
    ['more than the margin carries', -2019, { ...LIMIT, quantity: '1000', price: '201' }],
  ];
  it.each(refused)('%s: %d', async (why, code, params) => {
    const last = why.startsWith('more than') ? 200 : 100;
    const candles = [[last, last, last, last] as const, [last, last, last, last] as const];
    const client = await start({ market: makeMarket([{ symbol: 'BTCUSDT', candles }]) });
    const reply = await client.order(params);
    expect([reply.status, reply.body['code']]).toEqual([400, code]);
    expect(client.emulator.state()).toMatchObject({ orders: [], requests: { refused: { [code]: 1 } } });
  });

  it('a tick that is no power of ten and a least quantity', async () => {
    const filters = { tickSize: '0.5', stepSize: '0.1', minQty: '0.3', minNotional: '0' };
    const client = await start({ market: makeMarket([{ symbol: 'BTCUSDT', candles: [[100, 101, 99, 100]], filters }]) });
    expect((await client.order({ ...LIMIT, price: '99.7' })).body).toMatchObject({ code: -4014 });
    expect((await client.order({ ...LIMIT, quantity: '0.2' })).body).toMatchObject({ code: -4004 });
    const odd = await start({
      market: makeMarket([{ symbol: 'BTCUSDT', candles: [[100, 101, 99, 100]], filters: { stepSize: '0.005' } }]),
    });
    expect((await odd.order({ ...LIMIT, quantity: '1.002' })).body).toMatchObject({ code: -4023 });
  });

  const conditional: readonly (readonly [why: string, code: number, params: Params])[] = [
    ['a stop that the price has passed', -2021, { ...STOP, triggerPrice: '100' }],
    ['a target that the price has passed', -2021, { ...STOP, type: 'TAKE_PROFIT_MARKET', triggerPrice: '99' }],
    ['an unknown type', -1116, { ...STOP, type: 'OCO' }],
    ['a trailing stop without a callback rate', -1102, { ...TRAIL, callbackRate: '' }],
    ['a callback rate below 0.1 %', -1130, { ...TRAIL, callbackRate: '0.09' }],
    ['a callback rate above 10 %', -1130, { ...TRAIL, callbackRate: '10.1' }],
    ['an activation price that the price has passed', -2021, { ...TRAIL, activatePrice: '100' }],
    ['a stop-limit without a price', -1102, { ...STOP, type: 'STOP' }],
    ['closing a position by a limit', -4136, { side: 'SELL', type: 'STOP', triggerPrice: '90', price: '90', closePosition: true }],
    ['a mark price that has passed the trigger', -2021, { ...STOP, workingType: 'MARK_PRICE', triggerPrice: '100' }],
    ['a quantity for the whole position', -4137, { ...STOP, closePosition: true }],
    ['too little value', -4164, { ...STOP, quantity: '0.5' }],
    ['no trigger', -1102, { side: 'SELL', type: 'STOP_MARKET', quantity: '1' }],
  ];
  it.each(conditional)('conditional: %s: %d', async (_, code, params) => {
    const client = await start();
    expect((await client.stop(params)).body).toMatchObject({ code });
  });

  it('a client id twice, but not once its order has ended', async () => {
    const client = await start();
    const order = { ...LIMIT, price: '96', newClientOrderId: 'twice' };
    expect((await client.order(order)).status).toBe(200);
    expect((await client.order(order)).body).toMatchObject({ code: -4116 });
    await client.signed('DELETE', '/fapi/v1/order', { symbol: 'BTCUSDT', origClientOrderId: 'twice' });
    expect((await client.order(order)).status).toBe(200);
    const stop = { ...STOP, clientAlgoId: 'twice' };
    expect((await client.stop(stop)).status).toBe(200);
    expect((await client.stop(stop)).body).toMatchObject({ code: -4116 });
    expect(client.emulator.state().requests.duplicates).toBe(2);
  });

  it('the 201st open order of a symbol', async () => {
    const limits = { weightPerMinute: 1e9, ordersPerMinute: 1e9, ordersPerTenSeconds: 1e9 };
    const client = await start({ settings: { limits } });
    for (let k = 0; k < 200; k++) expect((await client.order({ ...LIMIT, price: '96', quantity: '0.6' })).status).toBe(200);
    expect((await client.order({ ...LIMIT, price: '96', quantity: '0.6' })).body).toMatchObject({ code: -2025 });
  });

  it('cancelling and asking for what is not there', async () => {
    const client = await start();
    const market = await client.order(MARKET);
    const id = { symbol: 'BTCUSDT', orderId: Number(market.body['orderId']) };
    // A market order does not wait in a book, so it cannot be called back.
    expect((await client.signed('DELETE', '/fapi/v1/order', id)).body).toMatchObject({ code: -2011 });
    expect((await client.signed('GET', '/fapi/v1/order', { symbol: 'BTCUSDT', orderId: 1 })).body).toMatchObject({ code: -2013 });
    expect((await client.signed('GET', '/fapi/v1/order', { symbol: 'BTCUSDT' })).body).toMatchObject({ code: -1102 });
    expect((await client.signed('DELETE', '/fapi/v1/algoOrder', { clientAlgoId: 'none' })).body).toMatchObject({ code: -2011 });
    expect((await client.signed('GET', '/fapi/v1/algoOrder', { algoId: 1 })).body).toMatchObject({ code: -2013 });
  });

  it('one order of a batch for itself, conditional ones with −4120', async () => {
    const client = await start();
    const orders = [
      { symbol: 'BTCUSDT', ...MARKET },
      { symbol: 'BTCUSDT', ...STOP },
    ];
    const { body } = await client.signed('POST', '/fapi/v1/batchOrders', { batchOrders: JSON.stringify(orders) });
    expect(body).toMatchObject([{ status: 'NEW' }, { code: -4120 }]);
    expect((await client.signed('POST', '/fapi/v1/batchOrders', { batchOrders: '[' })).body).toMatchObject({ code: -1130 });
  });

  it('settings that are what they were, or that it does not have', async () => {
    const client = await start();
    const post = async (path: string, params: Params): Promise<unknown> => (await client.signed('POST', path, params)).body['code'];
    expect(await post('/fapi/v1/marginType', { symbol: 'BTCUSDT', marginType: 'CROSSED' })).toBe(-4046);
    expect(await post('/fapi/v1/marginType', { symbol: 'BTCUSDT', marginType: 'ISOLATED' })).toBe(200);
    expect(await post('/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 151 })).toBe(-4028);
    expect(await post('/fapi/v1/positionSide/dual', { dualSidePosition: 'false' })).toBe(-4059);
    expect(await post('/fapi/v1/positionSide/dual', { dualSidePosition: 'true' })).toBe(200);
    expect(await post('/fapi/v1/positionSide/dual', { dualSidePosition: 'false' })).toBe(200);
    await client.order(LIMIT);
    expect(await post('/fapi/v1/marginType', { symbol: 'BTCUSDT', marginType: 'CROSSED' })).toBe(-4047);
    await client.idle(closeOf(0));
  });

  it('cancels all orders of a symbol when nobody winds the countdown up again', async () => {
    const client = await start();
    await client.order({ ...LIMIT, price: '96' });
    await client.signed('POST', '/fapi/v1/countdownCancelAll', { symbol: 'BTCUSDT', countdownTime: 60_000 });
    await client.signed('POST', '/fapi/v1/countdownCancelAll', { symbol: 'BTCUSDT', countdownTime: 0 });
    expect(client.emulator.state().openOrders).toHaveLength(1);
    await client.signed('POST', '/fapi/v1/countdownCancelAll', { symbol: 'BTCUSDT', countdownTime: 5 });
    await expect.poll(() => client.emulator.state().orders.map(({ status }) => status)).toEqual(['CANCELED']);
  });
});
