import { describe, expect, it } from 'vitest';
import { RateLimits } from '../src/http/rate-limits.ts';
import { start } from './client.ts';

const MINUTE = 60_000;

describe('request limits', () => {
  it('count per fixed minute and turn from 429 into a ban when they are ignored', () => {
    const limits = new RateLimits({ weightPerMinute: 10, ordersPerMinute: 100, ordersPerTenSeconds: 100 });
    expect(limits.request(15_000, 10)).toBeNull();
    expect(limits.headers(false)).toEqual({ 'X-MBX-USED-WEIGHT-1M': '10' });
    expect(limits.request(15_000, 1)).toMatchObject({ status: 429, code: -1003, retryAfterSeconds: 45 });
    expect(limits.request(MINUTE, 10)).toBeNull();
    for (let k = 0; k < 9; k++) expect(limits.request(MINUTE + k, 1)?.status).toBe(429);
    expect(limits.request(MINUTE + 10, 1)).toMatchObject({ status: 418, retryAfterSeconds: 120 });
    expect(limits.request(MINUTE + 130_000, 1)).toBeNull();
  });

  it('count orders per ten seconds and per minute', () => {
    const limits = new RateLimits({ weightPerMinute: 10, ordersPerMinute: 3, ordersPerTenSeconds: 2 });
    expect([limits.order(0, 1), limits.order(1, 1)]).toEqual([null, null]);
    expect(limits.headers(true)).toMatchObject({ 'X-MBX-ORDER-COUNT-10S': '2', 'X-MBX-ORDER-COUNT-1M': '2' });
    expect(limits.order(2000, 1)).toMatchObject({ status: 429, code: -1015, retryAfterSeconds: 8 });
    expect(limits.order(10_000, 1)).toMatchObject({ code: -1015, retryAfterSeconds: 50 });
  });

  it('are answered with Retry-After and told in headers', async () => {
    const client = await start({ settings: { limits: { weightPerMinute: 12, ordersPerMinute: 1, ordersPerTenSeconds: 1 } } });
    const first = await client.ask('GET', '/fapi/v1/klines', { query: 'symbol=BTCUSDT&interval=5m&limit=1500' });
    expect(first.headers.get('x-mbx-used-weight-1m')).toBe('10');
    const order = await client.order({ side: 'BUY', type: 'MARKET', quantity: '1' });
    expect([order.status, order.headers.get('x-mbx-order-count-10s')]).toEqual([200, '1']);
    expect((await client.order({ side: 'BUY', type: 'MARKET', quantity: '1' })).status).toBe(429);
    expect((await client.ask('GET', '/fapi/v1/time')).status).toBe(200);
    expect((await client.ask('GET', '/fapi/v1/time')).status).toBe(200);
    const refused = await client.ask('GET', '/fapi/v1/time');
    expect([refused.status, refused.body['code']]).toEqual([429, -1003]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const info = await client.ask('GET', '/emulator/v1/state');
    expect(info.status).toBe(200);
  });
});
