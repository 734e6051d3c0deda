import { describe, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { InputError } from '@orrery/data';
import { CALM, connect, order, Rig, startVenue } from './rig.ts';
import { closeOf, FIVE_MINUTES, NEW_YEAR } from './market.ts';

const SYMBOLS = ['BTCUSDT', 'ETHUSDT'] as const;
const two = SYMBOLS.map((symbol, k) => ({ symbol, candles: CALM.map(([o, h, l, c]) => [o + k, h + k, l + k, c + k] as const) }));
const quiet = { onCandle: () => {}, onConnection: () => {}, onMarketTime: () => {} };

/** A socket server that says what a test tells it to. */
async function startStream(onConnection: (socket: WebSocket, dial: number) => void): Promise<{ url: string; close: () => void }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  let dials = 0;
  server.on('connection', (socket) => {
    dials += 1;
    const dial = dials;
    socket.on('message', () => onConnection(socket, dial));
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

describe('the market feed', () => {
  it('hands over closed candles of all symbols with the texts of the venue, and the venue’s time', async () => {
    const rig = await Rig.over(await startVenue(two), { symbols: SYMBOLS });
    await rig.next();
    await rig.until(() => rig.candles.length === 2);
    await rig.next();
    await rig.until(() => rig.candles.length === 4);
    expect(rig.candles.map(({ symbol, openTime }) => [symbol, openTime])).toEqual([
      ['BTCUSDT', NEW_YEAR],
      ['ETHUSDT', NEW_YEAR],
      ['BTCUSDT', NEW_YEAR + FIVE_MINUTES],
      ['ETHUSDT', NEW_YEAR + FIVE_MINUTES],
    ]);
    expect(rig.candles[1]).toMatchObject({ open: '101.0', high: '102.0', low: '100.0', close: '101.0', volume: '1.000' });
    expect(rig.marketTimes).toEqual([...new Set(rig.marketTimes)].toSorted((a, b) => a - b));
    expect(rig.marketTimes.at(-1)).toBeGreaterThanOrEqual(closeOf(1));
  });

  it('asks for closed candles only: never the open one, whatever this machine’s clock says', async () => {
    const rig = await Rig.start();
    const { feed } = rig.binance;
    expect(await feed.candles('BTCUSDT', NEW_YEAR, 10)).toEqual([]);
    await rig.next();
    await rig.next();
    await rig.next();
    const opens = async (from: number, limit: number) => (await feed.candles('BTCUSDT', from, limit)).map(({ openTime }) => openTime);
    const of = (row: number) => NEW_YEAR + row * FIVE_MINUTES;
    expect(await opens(NEW_YEAR, 10)).toEqual([of(0), of(1), of(2)]);
    expect(await opens(NEW_YEAR, 2)).toEqual([of(0), of(1)]);
    expect(await opens(of(1), 10)).toEqual([of(1), of(2)]);
    expect(await opens(of(3), 10)).toEqual([]);
    expect((await feed.candles('BTCUSDT', of(1), 1))[0]).toEqual({
      symbol: 'BTCUSDT',
      openTime: of(1),
      closeTime: closeOf(1),
      open: '100.0',
      high: '101.0',
      low: '99.0',
      close: '100.0',
      volume: '1.000',
    });
  });

  it('reads filters and settled funding as the venue states them', async () => {
    const funding = { times: Float64Array.of(NEW_YEAR + 5, NEW_YEAR + 3_600_005), ratesE8: Float64Array.of(10_000, -2500) };
    const venue = await startVenue([{ symbol: 'BTCUSDT', candles: [...CALM, ...CALM], funding }]);
    const rig = await Rig.over(venue);
    for (let k = 0; k < 14; k++) await rig.next();
    const { feed } = rig.binance;
    const [filters] = await feed.filters(['BTCUSDT']);
    expect(filters).toEqual({
      symbol: 'BTCUSDT',
      tickSize: '0.10',
      stepSize: '0.001',
      minQty: '0.001',
      maxQty: '1000',
      marketMaxQty: '120',
      minNotional: '50',
      minPrice: '0.1',
      maxPrice: '100000000.0',
      multiplierUp: '1.0500',
      multiplierDown: '0.9500',
      maxNumOrders: 200,
      triggerProtect: '0.0500',
      marketTakeBound: '0.05',
      liquidationFee: '0.012500',
    });
    await expect(feed.filters(['NOSUCHUSDT'])).rejects.toThrow(InputError);
    expect(await feed.fundingRates('BTCUSDT', NEW_YEAR, NEW_YEAR + 7_200_000)).toEqual([
      { time: NEW_YEAR + 3_600_000, rate: '-0.00002500' },
    ]);
  });

  it('comes back after a dropped connection, says so, and the missed candle can be asked for', async () => {
    const rig = await Rig.over(await startVenue(two));
    await rig.next();
    await rig.faults({ rules: [{ kind: 'drop', on: 'kline' }] });
    await rig.decided();
    await rig.until(() => rig.feedStates.length === 3);
    expect(rig.feedStates).toEqual(['up', 'down', 'up']);
    const candles = await rig.binance.feed.candles('BTCUSDT', NEW_YEAR, 5);
    // Nothing that came over the wire says that the second one is closed, but the open one follows it.
    expect(candles.map(({ openTime }) => openTime)).toEqual([NEW_YEAR, NEW_YEAR + FIVE_MINUTES]);
    await rig.binance.feed.stop();
  });

  it('looks for the venue again when the first answer failed (a market list is not remembered as failed)', async () => {
    const venue = await startVenue(two, { faults: { rules: [{ kind: 'internal', on: 'GET /fapi/v1/exchangeInfo', times: 2 }] } });
    const { feed } = await connect(venue, SYMBOLS);
    expect((await feed.filters(SYMBOLS)).map(({ symbol }) => symbol)).toEqual(SYMBOLS);
  });

  it('closes a connection on which nothing comes, and dials again', async () => {
    const stream = await startStream((socket, dial) => {
      socket.send('{"result":null,"id":1}');
      if (dial === 2) socket.send(JSON.stringify({ e: 'markPriceUpdate', E: 7, s: 'BTCUSDT' }));
    });
    const { feed } = await connect({ url: 'http://127.0.0.1:9', streamUrl: stream.url }, ['BTCUSDT'], { silenceMs: 40 });
    const time = await new Promise((resolve, reject) => {
      feed.start({ ...quiet, onMarketTime: resolve }).catch(reject);
    });
    expect(time).toBe(7);
    await feed.stop();
    stream.close();
  });

  it.each([
    ['is no JSON', '{"e":"kline",'],
    ['lacks a price', '{"e":"kline","E":1,"s":"BTCUSDT","k":{"t":0,"T":1,"s":"BTCUSDT","x":true}}'],
  ])('gives a connection up whose message %s', async (_what, text) => {
    let dials = 0;
    const stream = await startStream((socket, dial) => {
      dials = dial;
      socket.send('{"result":null,"id":1}');
      socket.send(dial === 1 ? text : JSON.stringify({ e: 'markPriceUpdate', E: 7, s: 'BTCUSDT' }));
    });
    const { feed } = await connect({ url: 'http://127.0.0.1:9', streamUrl: stream.url }, ['BTCUSDT']);
    await new Promise((resolve, reject) => {
      feed.start({ ...quiet, onMarketTime: resolve }).catch(reject);
    });
    expect(dials).toBe(2);
    await feed.stop();
    stream.close();
  });

  it('throws when the venue refuses the subscription', async () => {
    const stream = await startStream((socket) => socket.send('{"error":{"code":2,"msg":"Invalid request: invalid stream"},"id":1}'));
    const { feed } = await connect({ url: 'http://127.0.0.1:9', streamUrl: stream.url }, ['BTCUSDT']);
    await expect(feed.start(quiet)).rejects.toThrow('market stream: 2 "Invalid request: invalid stream"');
    stream.close();
  });
});

describe('a connection that was closed', () => {
  it('leaves no timer that would keep the process alive, and asked nobody but the futures venue', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const venue = await startVenue(two);
    const before = timers();
    const rig = await Rig.over(venue, { symbols: SYMBOLS });
    await rig.next();
    await rig.gateway.send(order(1));
    expect(Object.keys(venue.state().requests.byPath).filter((path) => !/^[A-Z]+ \/fapi\//.test(path))).toEqual([]);
    await rig.binance.close();
    expect(timers()).toBeLessThanOrEqual(before);
  });
});
