import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../src/index.ts';
import { FaultInjector } from '../src/faults/injector.ts';
import { start, type Client } from './client.ts';

const MARKET = { side: 'BUY', type: 'MARKET', quantity: '1', newClientOrderId: 'f1' };
const withRule = (rule: FaultRule): Promise<Client> => start({ faults: { rules: [rule], delayMs: 20 } });
const onOrder = (kind: FaultRule['kind']): FaultRule => ({ kind, on: 'POST /fapi/v1/order' });
const ordersOf = (client: Client): number => client.emulator.state().orders.length;

describe('requests that go wrong', () => {
  it.each([
    ['blocked', 451, { code: 0, msg: 'Service unavailable from a restricted location.' }],
    ['rate-limited', 429, { code: -1003, msg: 'Too many requests.' }],
    ['internal', 500, { code: -1000, msg: 'Internal server error.' }],
    ['unavailable', 503, { code: -1000, msg: 'Service Unavailable.' }],
    ['throttled', 503, { code: -1008 }],
  ] as const)('%s: HTTP %d, and nothing is done', async (kind, status, body) => {
    const client = await withRule(onOrder(kind));
    const reply = await client.order(MARKET);
    expect(reply.status).toBe(status);
    expect(reply.body).toMatchObject(body);
    expect(ordersOf(client)).toBe(0);
    expect((await client.order(MARKET)).status).toBe(200);
    expect(client.emulator.state().faults).toEqual({ [kind]: 1 });
  });

  it('unknown: HTTP 503, done or not', async () => {
    const done = new Set<number>();
    for (let seed = 0; seed < 8; seed++) {
      const client = await start({ seed, faults: { rules: [onOrder('unknown')] } });
      const reply = await client.order(MARKET);
      expect([reply.status, reply.body['msg']]).toEqual([503, 'Unknown error, please check your request or try again later.']);
      done.add(ordersOf(client));
    }
    expect([...done].sort((a, b) => a - b)).toEqual([0, 1]);
  });

  it('timeout: done, and the connection ends without an answer', async () => {
    const client = await withRule(onOrder('timeout'));
    await expect(client.order(MARKET)).rejects.toThrow('fetch failed');
    expect((await client.order(MARKET)).body).toMatchObject({ code: -4116 });
    expect(ordersOf(client)).toBe(1);
  });

  it('half-body: done, and the answer breaks off', async () => {
    const client = await withRule(onOrder('half-body'));
    await expect(client.order(MARKET)).rejects.toThrow('terminated');
    expect(ordersOf(client)).toBe(1);
  });

  it('delay: answered, later', async () => {
    const client = await withRule(onOrder('delay'));
    const started = performance.now();
    expect((await client.order(MARKET)).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(18);
  });

  it('a skewed clock: the time is told wrong, and right timestamps are refused', async () => {
    const client = await start({ faults: { clockSkewMs: -120_000 } });
    const { body } = await client.ask('GET', '/fapi/v1/time');
    expect(Math.abs(Date.now() - 120_000 - Number(body['serverTime']))).toBeLessThan(5000);
    expect((await client.order(MARKET)).body).toMatchObject({ code: -1021 });
    expect((await client.order({ ...MARKET, timestamp: Number(body['serverTime']) })).status).toBe(200);
  });

  it('the third of them, set while it runs', async () => {
    const client = await start();
    const plan = { rules: [{ kind: 'unavailable', on: 'GET /fapi/v1/ping', nth: 3, times: 2 }] };
    expect((await client.ask('POST', '/emulator/v1/faults', { body: JSON.stringify(plan) })).body).toEqual({});
    const statuses: number[] = [];
    for (let k = 0; k < 6; k++) statuses.push((await client.ask('GET', '/fapi/v1/ping')).status);
    expect(statuses).toEqual([200, 200, 503, 503, 200, 200]);
    const bad = await client.ask('POST', '/emulator/v1/faults', { body: '{"rates":{"drop":2}}' });
    expect([bad.status, bad.body['code']]).toEqual([400, -1130]);
  });
});

describe('messages that go wrong', () => {
  /** Two limit orders and the events of their placing. */
  async function twoEvents(client: Client): Promise<readonly unknown[]> {
    const user = await client.user();
    for (const id of ['a', 'b']) {
      await client.order({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price: '96', quantity: '1', newClientOrderId: id });
    }
    await user.until((m) => m.o?.['c'] === 'b');
    return user.heard.map((m) => m.o?.['c']);
  }
  const onEvent = (kind: FaultRule['kind']): FaultRule => ({ kind, on: 'ORDER_TRADE_UPDATE' });

  it('lose: nothing is heard of it', async () => {
    expect(await twoEvents(await withRule(onEvent('lose')))).toEqual(['b']);
  });
  it('duplicate: heard twice', async () => {
    expect(await twoEvents(await withRule(onEvent('duplicate')))).toEqual(['a', 'a', 'b']);
  });
  it('reorder: heard after the next, or alone where none follows', async () => {
    const client = await start({ faults: { rules: [onEvent('reorder')], delayMs: 60_000 } });
    const user = await client.user();
    for (const id of ['a', 'b']) {
      await client.order({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price: '96', quantity: '1', newClientOrderId: id });
    }
    await user.until((m) => m.o?.['c'] === 'a');
    expect(user.heard.map((m) => m.o?.['c'])).toEqual(['b', 'a']);
    const alone = await withRule(onEvent('reorder'));
    const listener = await alone.user();
    await alone.order(MARKET);
    expect((await listener.until((m) => m.o?.['c'] === 'f1')).e).toBe('ORDER_TRADE_UPDATE');
  });
  it('delay: heard later', async () => {
    const client = await withRule(onEvent('delay'));
    const user = await client.user();
    await client.order(MARKET);
    expect((await user.until((m) => m.e === 'ORDER_TRADE_UPDATE')).o?.['c']).toBe('f1');
  });
  it('drop: the socket is closed', async () => {
    const client = await withRule(onEvent('drop'));
    const user = await client.user();
    await client.order(MARKET);
    expect(await user.closed).toBe(1001);
    expect(user.heard).toEqual([]);
  });
  it('half-frame: the frame breaks off and the connection is reset', async () => {
    const client = await withRule(onEvent('half-frame'));
    const user = await client.user();
    await client.order(MARKET);
    expect(await user.closed).toBe(1006);
    expect(user.heard).toEqual([]);
  });
  it('listen-key-expired: told once, then silence on that socket', async () => {
    const client = await withRule(onEvent('listen-key-expired'));
    const user = await client.user();
    await client.order(MARKET);
    expect(await user.until((m) => m.e === 'listenKeyExpired')).toMatchObject({ listenKey: expect.any(String) });
    expect((await client.ask('PUT', '/fapi/v1/listenKey')).body).toMatchObject({ code: -1125 });
    const fresh = await client.user();
    await client.order({ ...MARKET, newClientOrderId: 'f2' });
    await fresh.until((m) => m.o?.['c'] === 'f2');
    expect(user.heard.map((m) => m.e)).toEqual(['ORDER_TRADE_UPDATE', 'listenKeyExpired']);
  });
});

describe('chance', () => {
  it('draws the same faults from the same seed, about as many as its rate says', () => {
    const draw = (seed: number): (string | null)[] => {
      const injector = new FaultInjector(seed, { rates: { lose: 0.25 } });
      return Array.from({ length: 4000 }, () => injector.message('ACCOUNT_UPDATE', true));
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    const lost = draw(7).filter((fault) => fault === 'lose').length;
    // 1000 expected, standard deviation 27.
    expect(Math.abs(lost - 1000)).toBeLessThan(140);
  });
  it('never loses a candle: only what the plan names of the market is lost', () => {
    const injector = new FaultInjector(1, { rates: { lose: 1 }, rules: [{ kind: 'lose', on: 'kline', nth: 2 }] });
    expect([1, 2, 3].map(() => injector.message('kline', false))).toEqual([null, 'lose', null]);
  });
});
