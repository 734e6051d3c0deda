import { describe, expect, it } from 'vitest';
import { Listener, start } from './client.ts';
import { closeOf, makeMarket } from './market.ts';

const two = makeMarket([
  { symbol: 'BTCUSDT', candles: [[100, 101, 99, 100]] },
  { symbol: '币安人生USDT', candles: [[5, 6, 4, 5]], filters: { minNotional: '5' } },
]);

describe('streams', () => {
  it.each([
    ['/market/ws/btcusdt@kline_5m', null],
    ['/market/ws/btcusdt@markPrice/btcusdt@kline_5m', null],
    ['/market/stream?streams=btcusdt@kline_5m', 'btcusdt@kline_5m'],
    ['/market/stream/btcusdt@kline_5m', 'btcusdt@kline_5m'],
  ])('%s', async (path, stream) => {
    const client = await start();
    const listener = await client.listen(path);
    await client.idle();
    const message = await listener.until((m) => (m.data ?? m).e === 'kline');
    expect(message.stream ?? null).toBe(stream);
    expect((message.data ?? message).k).toMatchObject({ s: 'BTCUSDT', i: '5m', x: false, o: '100.0', h: '100.0', v: '0' });
  });

  it('are subscribed to, listed and left by frames, under a numbered path', async () => {
    const client = await start({ market: two });
    const listener = await client.listen('/market/ws/0');
    listener.send({ method: 'SUBSCRIBE', params: ['btcusdt@kline_5m', '币安人生usdt@kline_5m', '!markPrice@arr@1s'], id: 1 });
    expect(await listener.until((m) => m.id === 1)).toEqual({ result: null, id: 1 });
    listener.send({ method: 'UNSUBSCRIBE', params: ['btcusdt@kline_5m'], id: 2 });
    listener.send({ method: 'LIST_SUBSCRIPTIONS', id: 3 });
    expect(await listener.until((m) => m.id === 3)).toEqual({ result: ['币安人生usdt@kline_5m', '!markPrice@arr@1s'], id: 3 });
    listener.send({ method: 'SUBSCRIBE', params: ['nonsense'], id: 4 });
    expect(await listener.until((m) => m.id === 4)).toEqual({ error: { code: 2, msg: 'Invalid request: invalid stream' }, id: 4 });
    await client.idle();
    const marks = await listener.until((m) => Array.isArray(m));
    expect(marks).toMatchObject([
      { s: 'BTCUSDT', p: '100.00000000' },
      { s: '币安人生USDT', p: '5.00000000' },
    ]);
    expect(listener.heard.filter((m) => m.e === 'kline').map((m) => m.k?.['s'])).toEqual(['币安人生USDT', '币安人生USDT']);
  });

  it('of the market never come over another address', async () => {
    const client = await start();
    const wrong = await Promise.all(['/public/ws', '/ws', '/stream'].map((path) => client.listen(path)));
    for (const listener of wrong) {
      listener.send({ method: 'SUBSCRIBE', params: ['btcusdt@kline_5m', 'btcusdt@bookTicker'], id: 1 });
      await listener.until((m) => m.id === 1);
    }
    await client.idle();
    for (const listener of wrong) await listener.until((m) => (m.data ?? m).e === 'bookTicker');
    expect(wrong.flatMap(({ heard }) => heard).filter((m) => (m.data ?? m).e === 'kline')).toEqual([]);
  });

  it('end for a client that sends more than ten frames a second', async () => {
    const client = await start();
    const listener = await client.listen('/market/ws');
    for (let id = 0; id < 30; id++) listener.send({ method: 'LIST_SUBSCRIPTIONS', id });
    expect(await listener.closed).toBe(1008);
  });
});

describe('the user data stream', () => {
  it.each(['/private/ws?listenKey=KEY', '/private/ws/KEY', '/private/stream?listenKey=KEY'])('%s', async (path) => {
    const client = await start();
    const user = await client.listen(path.replace('KEY', await client.listenKey()));
    await client.order({ side: 'BUY', type: 'MARKET', quantity: '1' });
    const event = await user.until((m) => (m.data ?? m).e === 'ORDER_TRADE_UPDATE');
    expect((event.data ?? event).o).toMatchObject({ x: 'NEW', q: '1.000' });
  });

  it('tells only the kinds of events that were asked for', async () => {
    const client = await start();
    const user = await client.listen(`/private/ws?listenKey=${await client.listenKey()}&events=ACCOUNT_UPDATE`);
    await client.idle();
    await client.order({ side: 'BUY', type: 'MARKET', quantity: '1' });
    await client.idle(closeOf(0));
    await user.until((m) => m.e === 'ACCOUNT_UPDATE');
    expect(user.heard).toHaveLength(1);
  });

  it('has one key, that is renewed, given back, or unknown', async () => {
    const client = await start();
    expect((await client.ask('PUT', '/fapi/v1/listenKey')).body).toMatchObject({ code: -1125 });
    const key = await client.listenKey();
    expect(await client.listenKey()).toBe(key);
    expect((await client.ask('PUT', '/fapi/v1/listenKey')).body).toEqual({ listenKey: key });
    expect((await client.ask('DELETE', '/fapi/v1/listenKey')).body).toEqual({});
    expect(await client.listenKey()).not.toBe(key);
    const stranger = new Listener(`${client.emulator.streamUrl}/private/ws?listenKey=${key}`);
    expect(await stranger.closed).toBe(1006);
  });
});
