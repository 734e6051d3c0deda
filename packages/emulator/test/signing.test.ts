import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { isSignature, signatureOf, signedPayload } from '../src/http/signature.ts';
import { KEY, SECRET, start } from './client.ts';

describe('signatures', () => {
  it('agree with the example of the venue (general information, SIGNED endpoint example)', () => {
    const secret = '2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9';
    const payload = 'symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943';
    const signature = '3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9';
    expect(signatureOf(secret, payload)).toBe(signature);
    expect(isSignature(secret, payload, signature)).toBe(true);
    expect(isSignature(secret, `${payload}0`, signature)).toBe(false);
  });

  it('cover query and body as they were sent, without a separator and without themselves', () => {
    expect(signedPayload('a=1&signature=ff&b=[{"x":1}]', 'c=%20')).toBe('a=1&b=[{"x":1}]c=%20');
  });

  it('are checked over the raw text, in query or body, and the query wins', async () => {
    const client = await start();
    const raw = `symbol=BTCUSDT&note={"raw":[1]}&timestamp=${Date.now()}`;
    const signature = createHmac('sha256', SECRET).update(raw).digest('hex');
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const body = `${raw}&signature=${signature}`;
    expect((await client.ask('POST', '/fapi/v1/order/test', { body, headers })).body).toMatchObject({ code: -1102 });
    const tampered = body.replace('[1]', '[2]');
    expect((await client.ask('POST', '/fapi/v1/order/test', { body: tampered, headers })).body).toMatchObject({ code: -1022 });
    const both = `symbol=NOSUCH&timestamp=${Date.now()}`;
    const bothSignature = createHmac('sha256', SECRET).update(`symbol=BTCUSDT${both}`).digest('hex');
    const reply = await client.ask('DELETE', '/fapi/v1/allOpenOrders', {
      query: 'symbol=BTCUSDT',
      body: `${both}&signature=${bothSignature}`,
    });
    expect(reply.body).toEqual({ code: 200, msg: 'The operation of cancel all open order is done.' });
  });
});

describe('who may ask', () => {
  it.each([
    ['no key', { 'X-MBX-APIKEY': '' }, 401, -2014],
    ['another key', { 'X-MBX-APIKEY': 'x'.repeat(64) }, 401, -2015],
  ])('%s', async (_, headers, status, code) => {
    const client = await start();
    const reply = await client.ask('GET', '/fapi/v3/account', { headers });
    expect([reply.status, reply.body['code']]).toEqual([status, code]);
  });

  it.each([
    ['no timestamp', { timestamp: '' }, -1102],
    ['a timestamp of the past', { timestamp: Date.now() - 70_000 }, -1021],
    ['a timestamp of the future', { timestamp: Date.now() + 60_000 }, -1021],
    ['a window beyond a minute', { recvWindow: 60_001 }, -1131],
  ])('%s', async (_, params, code) => {
    const client = await start();
    expect((await client.signed('GET', '/fapi/v3/account', params)).body).toMatchObject({ code });
  });

  it('a wrong secret, an unknown path and another name of the machine are refused', async () => {
    const client = await start();
    const query = `timestamp=${Date.now()}&signature=${'0'.repeat(64)}`;
    expect((await client.ask('GET', '/fapi/v3/account', { query })).body).toMatchObject({ code: -1022 });
    const unknown = await client.ask('GET', '/fapi/v9/nothing');
    expect([unknown.status, unknown.body]).toEqual([404, { code: -5000, msg: 'Path /fapi/v9/nothing, Method GET is invalid' }]);
    const { port } = new URL(client.emulator.url);
    const status = await new Promise((resolve) => {
      httpRequest(
        { host: '127.0.0.1', port, path: '/fapi/v1/time', headers: { Host: 'evil.example', 'X-MBX-APIKEY': KEY } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      ).end();
    });
    expect(status).toBe(403);
  });
});
