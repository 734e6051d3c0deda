import { describe, expect, it } from 'vitest';
import { start } from './client.ts';
import { closeOf, makeMarket, NEW_YEAR, type Candle } from './market.ts';

const flat = (price: number): Candle => [price, price, price, price];
const btc = (...candles: readonly Candle[]): ReturnType<typeof makeMarket> => makeMarket([{ symbol: 'BTCUSDT', candles }]);
const UNHURRIED = { kind: 'follow', patienceMs: 600_000 } as const;

describe('the follower’s pace', () => {
  it('lets orders that answer a fill wait for the next candle, unless they are its exits', async () => {
    const client = await start({ market: btc(flat(100), [100, 110, 90, 95], flat(95)), pace: UNHURRIED });
    const user = await client.user();
    await client.idle();
    await client.order({ side: 'BUY', type: 'MARKET', quantity: '1' });
    await client.idle(closeOf(0));
    const filled = await user.until((m) => m.e === 'ACCOUNT_UPDATE');
    // Each of them would be met by the candle that is being matched.
    await client.order({ side: 'BUY', type: 'MARKET', quantity: '2', newClientOrderId: 'market' });
    await client.order({ side: 'SELL', type: 'LIMIT', timeInForce: 'GTC', price: '105', quantity: '1', newClientOrderId: 'limit' });
    await client.stop({ side: 'SELL', type: 'STOP_MARKET', triggerPrice: '92', quantity: '1', clientAlgoId: 'opening' });
    await client.order({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price: '99', quantity: '1', newClientOrderId: 'gone' });
    await client.signed('DELETE', '/fapi/v1/order', { symbol: 'BTCUSDT', origClientOrderId: 'gone' });
    await client.stop({ side: 'SELL', type: 'STOP_MARKET', triggerPrice: '91', quantity: '1', reduceOnly: true, clientAlgoId: 'exit' });
    await client.idle(closeOf(0), filled.E);
    const exit = await user.until((m) => m.o?.['X'] === 'FINISHED');
    expect(exit.o).toMatchObject({ caid: 'exit', ap: '91.0' });
    expect(client.emulator.state()).toMatchObject({ framesShown: 1, trades: [{ qty: '1.000' }, { qty: '1.000', price: '91.0' }] });
    await client.idle(closeOf(0), exit.E);
    await expect.poll(() => client.emulator.state().framesShown).toBe(2);
    await client.idle(closeOf(1));
    await user.until((m) => m.o?.['c'] === 'market' && m.o['x'] === 'TRADE');
    expect(client.emulator.state().trades.map(({ price }) => price)).toEqual(['100.0', '91.0', '95.0']);
    expect(client.emulator.state().openOrders.map(({ clientOrderId }) => clientOrderId)).toEqual(['limit']);
  });

  it('gives the exits of an entry that was met on the way only what came after it', async () => {
    // The candle rises to 106 before it falls through 95: a target at 105 cannot have been reached after the entry.
    const client = await start({ market: btc(flat(100), [100, 106, 94, 96], flat(96)), pace: UNHURRIED });
    const user = await client.user();
    await client.idle();
    await client.order({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price: '95', quantity: '1' });
    await client.idle(closeOf(0));
    const filled = await user.until((m) => m.e === 'ACCOUNT_UPDATE');
    await client.stop({ side: 'SELL', type: 'TAKE_PROFIT_MARKET', triggerPrice: '105', quantity: '1', reduceOnly: true });
    await client.stop({ side: 'SELL', type: 'STOP_MARKET', triggerPrice: '93', quantity: '1', reduceOnly: true });
    await client.idle(closeOf(0), filled.E);
    await expect.poll(() => client.emulator.state().framesShown).toBe(2);
    expect(client.emulator.state().trades).toHaveLength(1);
    expect(client.emulator.state().openAlgoOrders).toHaveLength(2);
  });

  it('waits for a client that was cut off to come back, and then goes on once it has handled the fill', async () => {
    const client = await start({ market: btc(flat(100), flat(100), flat(100)), pace: UNHURRIED });
    const user = await client.user();
    await client.idle();
    await client.order({ side: 'BUY', type: 'MARKET', quantity: '1' });
    user.close();
    await expect.poll(() => client.emulator.state().sockets.listeners).toBe(0);
    await client.idle(closeOf(0));
    await expect.poll(() => client.emulator.state().waiting).toBe('event');
    const again = await client.user();
    const { lastEventTime } = client.emulator.state();
    expect(client.emulator.state().framesShown).toBe(1);
    await client.idle(closeOf(0), lastEventTime);
    await expect.poll(() => client.emulator.state().framesShown).toBe(2);
    expect(again.heard).toEqual([]);
  });

  it('loses its patience with a listener that never confirms, and never with one that does not listen', async () => {
    const client = await start({ market: btc(flat(100), flat(100), flat(100)), pace: { kind: 'follow', patienceMs: 30 } });
    const user = await client.user();
    await client.idle();
    await client.order({ side: 'BUY', type: 'MARKET', quantity: '1' });
    await client.idle(closeOf(0));
    await expect.poll(() => client.emulator.state().framesShown).toBe(2);
    expect(user.heard.at(-1)?.e).toBe('ACCOUNT_UPDATE');
    await client.ask('DELETE', '/fapi/v1/listenKey');
    await client.order({ side: 'SELL', type: 'MARKET', quantity: '1' });
    await client.idle(closeOf(1));
    await expect.poll(() => client.emulator.state().framesShown).toBe(3);
    await client.idle(closeOf(2));
    await client.emulator.finished;
  });

  it('shows candles that close together as one frame, gaps and late listings included', async () => {
    const market = makeMarket([
      { symbol: 'BTCUSDT', candles: [flat(100), flat(101), flat(102)] },
      { symbol: 'ETHUSDT', candles: [flat(10), flat(11), flat(12)] },
    ]);
    // The second symbol lacks its middle candle.
    const [, eth] = market.tapes;
    eth.closeTs[1] = eth.closeTs[2];
    eth.close[1] = 12;
    eth.length = 2;
    const client = await start({ market });
    const listener = await client.listen('/market/ws/btcusdt@kline_5m/ethusdt@kline_5m');
    for (let row = 0; row < 3; row++) {
      await client.idle(row === 0 ? 0 : closeOf(row - 1));
      await listener.until((m) => m.k?.x && m.k.T === closeOf(row));
    }
    await listener.until((m) => m.k?.['s'] === 'ETHUSDT' && m.k.T === closeOf(2) && m.k.x);
    expect(listener.heard.filter((m) => m.k?.x).map((m) => [m.k?.['s'], m.k?.['c']])).toEqual([
      ['BTCUSDT', '100.0'],
      ['ETHUSDT', '10.0'],
      ['BTCUSDT', '101.0'],
      ['BTCUSDT', '102.0'],
      ['ETHUSDT', '12.0'],
    ]);
  });

  it('starts behind the candles that are history', async () => {
    const client = await start({ market: btc(flat(100), flat(101), flat(102)), settings: { warmupFrames: 2 } });
    const query = 'symbol=BTCUSDT&interval=5m';
    const closes = async (more: string): Promise<unknown[]> =>
      ((await client.ask('GET', '/fapi/v1/klines', { query: query + more })).body as unknown as string[][]).map((row) => [row[0], row[4]]);
    const open = (row: number): number => NEW_YEAR + row * 300_000;
    expect(await closes('')).toEqual([
      [open(0), '100.0'],
      [open(1), '101.0'],
      [open(2), '101.0'],
    ]);
    expect(await closes('&limit=2')).toEqual([
      [open(1), '101.0'],
      [open(2), '101.0'],
    ]);
    expect(await closes(`&startTime=${open(0)}&limit=1`)).toEqual([[open(0), '100.0']]);
    expect(await closes(`&startTime=${open(0) + 1}`)).toEqual([
      [open(1), '101.0'],
      [open(2), '101.0'],
    ]);
    expect(await closes(`&endTime=${open(1)}&limit=1`)).toEqual([[open(1), '101.0']]);
    expect((await client.ask('GET', '/fapi/v1/klines', { query: `${query}&startTime=2&endTime=1` })).body).toMatchObject({ code: -1023 });
  });
});

describe('the clock’s pace', () => {
  it('plays to the end by itself, fills orders, and goes on answering', async () => {
    const client = await start({ pace: { kind: 'speed', factor: 3_000_000 }, market: btc(flat(100), flat(100), flat(100)) });
    await client.emulator.finished;
    expect(client.emulator.state()).toMatchObject({ framesShown: 3, waiting: 'nothing' });
    expect((await client.order({ side: 'BUY', type: 'MARKET', quantity: '1' })).body).toMatchObject({ status: 'NEW' });
  });

  it('stops where it is closed', async () => {
    const client = await start({ pace: { kind: 'speed', factor: 0.001 } });
    await client.emulator.close();
    await client.emulator.finished;
    expect(client.emulator.state().framesShown).toBe(0);
  });
});
