import ccxt from 'ccxt';
import { afterEach, describe, expect, it } from 'vitest';
import { KEY, SECRET, start, type Client } from './client.ts';
import { closeOf, makeMarket } from './market.ts';

type Exchange = InstanceType<typeof ccxt.pro.binanceusdm>;
const opened: Exchange[] = [];
afterEach(async () => {
  for (const exchange of opened.splice(0)) await exchange.close();
});

/** The real client, pointed at the emulator: every address of it, so that nothing can leave the machine. */
async function connect({ emulator }: Client): Promise<Exchange> {
  const exchange = new ccxt.pro.binanceusdm({
    apiKey: KEY,
    secret: SECRET,
    enableRateLimit: false,
    options: { fetchCurrencies: false, broker: { swap: 'x-test', future: 'x-test' } },
  });
  const api = exchange.urls['api'] as Record<string, unknown> & { ws: Record<string, unknown> };
  for (const [name, url] of Object.entries(api)) {
    if (typeof url === 'string') api[name] = url.replace(/^https:\/\/[^/]+/, emulator.url);
  }
  api.ws['future'] = `${emulator.streamUrl}/ws`;
  // ccxt opens a plain ws:// only after this.
  await exchange.loadHttpProxyAgent();
  opened.push(exchange);
  return exchange;
}

const BTC = 'BTC/USDT:USDT';

describe('ccxt 4.5.84', () => {
  it('trades: markets, candles, a market order, its stop, its fills, and the account after them', async () => {
    const candles = [[100, 101, 99, 100] as const, [100, 110, 98, 105] as const, [105, 106, 90, 95] as const];
    const client = await start({ market: makeMarket([{ symbol: 'BTCUSDT', candles }]) });
    const exchange = await connect(client);
    const markets = await exchange.loadMarkets();
    expect(markets[BTC]).toMatchObject({ precision: { amount: 0.001, price: 0.1 }, limits: { cost: { min: 50 } } });
    const watching = exchange.watchOHLCV(BTC, '5m');
    await expect.poll(() => client.emulator.state().sockets.streams).toEqual(['btcusdt@kline_5m']);
    await client.idle();
    expect(await watching).toEqual([[closeOf(0) - 299_999, 100, 101, 99, 100, 1]]);
    await expect.poll(() => client.emulator.state().framesShown).toBe(1);
    expect(await exchange.fetchOHLCV(BTC, '5m')).toEqual([
      [closeOf(0) - 299_999, 100, 101, 99, 100, 1],
      [closeOf(1) - 299_999, 100, 100, 100, 100, 0],
    ]);

    const listening = exchange.watchOrders(BTC);
    await expect.poll(() => client.emulator.state().sockets.listeners).toBe(1);
    const order = await exchange.createOrder(BTC, 'market', 'buy', 1, undefined, { clientOrderId: 'entry-1' });
    expect(order).toMatchObject({ status: 'open', clientOrderId: 'entry-1', filled: 0 });
    expect((await listening).at(-1)).toMatchObject({ id: order.id, status: 'open' });
    await client.idle(closeOf(0));
    const filled = await untilOrder(exchange, (o) => o.id === order.id && o.status === 'closed');
    expect(filled).toMatchObject({ filled: 1, average: 100 });
    const stop = await exchange.createOrder(BTC, 'market', 'sell', 1, undefined, {
      stopLossPrice: 95,
      reduceOnly: true,
      clientAlgoId: 'stop-1',
    });
    expect(await exchange.fetchOpenOrders(BTC, undefined, undefined, { trigger: true })).toMatchObject([
      { id: stop.id, status: 'open', triggerPrice: 95 },
    ]);
    expect(await exchange.fetchPositions([BTC])).toMatchObject([{ contracts: 1, side: 'long', entryPrice: 100 }]);
    await client.idle(closeOf(0), client.emulator.state().lastEventTime);
    await expect.poll(() => client.emulator.state().framesShown).toBe(2);

    await client.idle(closeOf(1), client.emulator.state().lastEventTime);
    await untilOrder(exchange, (o) => o.status === 'closed' && o.side === 'sell' && o.filled === 1);
    expect(await exchange.fetchPositions([BTC])).toEqual([]);
    const trades = await exchange.fetchMyTrades(BTC);
    expect(trades.map(({ side, price, amount, fee }) => [side, price, amount, fee?.cost])).toEqual([
      ['buy', 100, 1, 0.05],
      ['sell', 95, 1, 0.0475],
    ]);
    const balance = await exchange.fetchBalance();
    expect(balance['USDT']).toEqual({ free: 9994.9025, used: 0, total: 9994.9025 });
    expect(await exchange.fetchOrder(String(stop.id), BTC, { trigger: true })).toMatchObject({ status: 'closed' });
  });

  it('understands refusals, cancels and settings', async () => {
    const client = await start();
    const exchange = await connect(client);
    await exchange.loadMarkets();
    await exchange.setLeverage(10, BTC);
    expect((await exchange.fetchLeverages([BTC]))[BTC]).toMatchObject({ longLeverage: 10 });
    await expect(exchange.setMarginMode('cross', BTC)).rejects.toThrow(ccxt.MarginModeAlreadySet);
    expect(await exchange.fetchPositionMode(BTC)).toMatchObject({ hedged: false });
    const limit = await exchange.createOrder(BTC, 'limit', 'buy', 1, 99, { clientOrderId: 'l1' });
    await expect(exchange.createOrder(BTC, 'limit', 'buy', 1, 99, { clientOrderId: 'l1' })).rejects.toThrow('-4116');
    expect(await exchange.fetchOpenOrders(BTC)).toMatchObject([{ id: limit.id, price: 99, remaining: 1 }]);
    expect(await exchange.cancelOrder(String(limit.id), BTC)).toMatchObject({ status: 'canceled' });
    await expect(exchange.cancelOrder(String(limit.id), BTC)).rejects.toThrow(ccxt.OrderNotFound);
    await expect(exchange.fetchOrder('1', BTC)).rejects.toThrow(ccxt.OrderNotFound);
    await expect(exchange.createOrder(BTC, 'market', 'buy', 0.1)).rejects.toThrow('-4164');
    await expect(exchange.createOrder(BTC, 'market', 'buy', 100_000)).rejects.toThrow('-4005');
    expect(await exchange.fetchTicker(BTC)).toMatchObject({ last: 100 });
    expect(await exchange.fetchFundingRate(BTC)).toMatchObject({ markPrice: 100, fundingRate: 0 });
    expect(await exchange.fetchTradingFee(BTC)).toMatchObject({ maker: 0.0002, taker: 0.0005 });
  });
});

type Order = Awaited<ReturnType<Exchange['watchOrders']>>[number];

/** The first order of the client's cache for which `test` holds, there already or to come. */
async function untilOrder(exchange: Exchange, test: (order: Order) => boolean): Promise<Order> {
  for (;;) {
    const known = (exchange.orders as unknown as readonly Order[]).find(test);
    if (known !== undefined) return known;
    await exchange.watchOrders(BTC);
  }
}
