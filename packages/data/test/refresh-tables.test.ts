import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { InputError, loadMarket, readBracketSnapshot, refreshBrackets, refreshFilters } from '../src/index.ts';
import { line, storeOf } from './market-fixture.ts';
import { snapshot, temporaryFolder } from './support.ts';

const KEYS = { apiKey: 'the-key', secret: 'the-secret' };
/** 2027-03-04T05:06:07Z, far from this machine's clock: the venue's own counts. */
const SERVER_TIME = Date.UTC(2027, 2, 4, 5, 6, 7);
const quick = { retries: 2, backoffMs: 1 };

const BRACKETS = [
  {
    symbol: 'AUSDT',
    notionalCoef: 1,
    brackets: [
      { bracket: 1, initialLeverage: 40, notionalCap: 7000, notionalFloor: 0, maintMarginRatio: 0.0125, cum: 0 },
      { bracket: 2, initialLeverage: 3, notionalCap: 90_000, notionalFloor: 7000, maintMarginRatio: 0.25, cum: 1662.5 },
    ],
  },
  { symbol: 'GONEUSDT', brackets: [] },
];
const EXCHANGE_INFO = {
  serverTime: SERVER_TIME,
  symbols: [
    {
      symbol: 'AUSDT',
      status: 'TRADING',
      onboardDate: 1,
      triggerProtect: '0.0500',
      liquidationFee: '0.0150',
      marketTakeBound: '0.10',
      filters: [
        { filterType: 'PRICE_FILTER', tickSize: '0.5', minPrice: '1', maxPrice: '9000' },
        { filterType: 'LOT_SIZE', stepSize: '0.1', minQty: '0.1', maxQty: '50' },
        { filterType: 'MARKET_LOT_SIZE', stepSize: '0.1', minQty: '0.1', maxQty: '20' },
        { filterType: 'MIN_NOTIONAL', notional: '7' },
        { filterType: 'PERCENT_PRICE', multiplierUp: '1.1', multiplierDown: '0.9' },
        { filterType: 'MAX_NUM_ORDERS', limit: 11 },
      ],
    },
  ],
};

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server that knows one key and checks its signature as the venue does, over the query as it came. */
async function startVenue(
  fault: (nth: number, response: ServerResponse) => boolean = () => false,
): Promise<{ url: string; signed: string[] }> {
  const signed: string[] = [];
  let nth = 0;
  const refuse = (response: ServerResponse, code: number, msg: string): void =>
    void response.writeHead(400).end(JSON.stringify({ code, msg }));
  const server = createServer((request: IncomingMessage, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    if (path === '/fapi/v1/time') {
      response.end(JSON.stringify({ serverTime: SERVER_TIME }));
      return;
    }
    if (fault(++nth, response)) return;
    if (path === '/fapi/v1/exchangeInfo') response.end(JSON.stringify(EXCHANGE_INFO));
    else if (path !== '/fapi/v1/leverageBracket') response.writeHead(404).end();
    else if (request.headers['x-mbx-apikey'] !== KEYS.apiKey) refuse(response, -2015, 'Invalid API-key, IP, or permissions for action.');
    else {
      const [payload = '', signature] = query.split('&signature=');
      const fields = new URLSearchParams(payload);
      const age = Math.abs(Number(fields.get('timestamp')) - SERVER_TIME);
      if (createHmac('sha256', KEYS.secret).update(payload).digest('hex') !== signature)
        refuse(response, -1022, 'Signature for this request is not valid.');
      else if (!(age <= Number(fields.get('recvWindow'))))
        refuse(response, -1021, 'Timestamp for this request is outside of the recvWindow.');
      else {
        signed.push(payload);
        response.end(JSON.stringify(BRACKETS));
      }
    }
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, signed };
}

const names = (root: string): string[] => (existsSync(join(root, 'binance-um')) ? readdirSync(join(root, 'binance-um')) : []);

describe('fetching leverage brackets', () => {
  it('signs by the venue’s clock, and writes the day’s file', async () => {
    const root = temporaryFolder();
    const { url, signed } = await startVenue();
    const table = await refreshBrackets({ root, restUrl: `${url}/`, ...quick }, KEYS);
    expect(signed).toHaveLength(1);
    expect(names(root)).toEqual(['brackets-2027-03-04.json']);
    const read = await readBracketSnapshot(table.file);
    expect(table).toEqual({
      kind: 'brackets',
      file: join(root, 'binance-um/brackets-2027-03-04.json'),
      time: SERVER_TIME,
      symbols: 1,
      sha256: read.sha256,
    });
    expect(read.symbols.get('AUSDT')).toEqual([
      { notionalFloor: '0', notionalCap: '7000', maintMarginRatio: '0.0125', initialLeverage: 40 },
      { notionalFloor: '7000', notionalCap: '90000', maintMarginRatio: '0.25', initialLeverage: 3 },
    ]);
    const text = readFileSync(table.file, 'utf8');
    expect(text).not.toMatch(/the-key|the-secret|signature/);
    await refreshBrackets({ root, restUrl: url, ...quick }, KEYS);
    expect(readFileSync(table.file, 'utf8')).toBe(text);
  });
  it('tries again with a signature of its own', async () => {
    const { url, signed } = await startVenue((nth, response) => nth <= 2 && (response.writeHead(503).end(), true));
    await refreshBrackets({ root: temporaryFolder(), restUrl: url, ...quick }, KEYS);
    expect(signed).toHaveLength(1);
  });
  it.each([
    [{ ...KEYS, apiKey: 'other-key' }, /leverageBracket: the venue refused the key \(.*-2015.*\); give one that may read$/],
    [{ ...KEYS, secret: 'other-secret' }, /leverageBracket: the venue refused the key \(.*-1022.*\); give one that may read$/],
  ])('says which key was refused without a word of it, and writes nothing', async (keys, message) => {
    const root = temporaryFolder();
    const { url } = await startVenue();
    const asked = refreshBrackets({ root, restUrl: url, ...quick }, keys);
    await expect(asked).rejects.toThrow(InputError);
    await expect(asked).rejects.toThrow(message);
    await expect(asked).rejects.not.toThrow(/other-|signature=/);
    expect(names(root)).toEqual([]);
  });
  it('follows no redirection with the key', async () => {
    const thief = await startVenue();
    const { url } = await startVenue(
      (_, response) => (response.writeHead(307, { location: `${thief.url}/fapi/v1/leverageBracket` }).end(), true),
    );
    await expect(refreshBrackets({ root: temporaryFolder(), restUrl: url, ...quick }, KEYS)).rejects.toThrow(/gave up after 3 tries/);
    expect(thief.signed).toEqual([]);
  });
});

describe('fetching filters', () => {
  it('asks without a key, and leaves a stored file as it was when the answer is half a one', async () => {
    const root = temporaryFolder();
    const { url } = await startVenue(
      (nth, response) => nth > 1 && (response.end(nth === 2 ? '{"serverTime":1,"symbols":[' : '{"serverTime":1,"symbols":[]}'), true),
    );
    const table = await refreshFilters({ root, restUrl: url, ...quick });
    expect(table).toMatchObject({ kind: 'filters', file: join(root, 'binance-um/filters-2027-03-04.json'), time: SERVER_TIME, symbols: 1 });
    const before = snapshot(root);
    await expect(refreshFilters({ root, restUrl: url, ...quick })).rejects.toThrow(/exchangeInfo: the answer is not JSON/);
    await expect(refreshFilters({ root, restUrl: url, ...quick })).rejects.toThrow(
      /^exchangeInfo: field symbols: .*; give the whole answer/,
    );
    expect(snapshot(root)).toEqual(before);
  });
  it('refuses an address that is none', async () => {
    const { url } = await startVenue();
    const root = temporaryFolder();
    await expect(refreshFilters({ root, restUrl: 'fapi.binance.com' })).rejects.toThrow(
      'address fapi.binance.com must begin with http:// or https://',
    );
    await expect(refreshFilters({ root, restUrl: `${url}/elsewhere`, ...quick })).rejects.toThrow(
      /there is no such interface; check --rest-url$/,
    );
  });
});

describe('tables of the data root', () => {
  it('serve the runs that they are nearest to', async () => {
    const { url } = await startVenue();
    const at = Date.UTC(2027, 1, 1);
    const price = { o: 100, h: 101, l: 99.5, c: 100.5 };
    const root = await storeOf({ 'AUSDT-1h.csv': [line('1h', Date.UTC(2024, 9, 24), price), line('1h', at, price)] });
    const [filters, brackets] = [
      await refreshFilters({ root, restUrl: url, ...quick }),
      await refreshBrackets({ root, restUrl: url, ...quick }, KEYS),
    ];
    const load = (from: number): ReturnType<typeof loadMarket> =>
      loadMarket({ root, symbols: ['AUSDT'], interval: '1h', from, to: from + 3_600_000 });
    const late = await load(at);
    expect(late.filterTable).toEqual({ time: SERVER_TIME, sha256: filters.sha256 });
    expect(late.bracketTable).toEqual({ time: SERVER_TIME, sha256: brackets.sha256 });
    expect(late.filters[0]).toMatchObject({ tickSize: '0.5', marketMaxQty: '20', maxNumOrders: 11, liquidationFee: '0.0150' });
    expect(late.filters[0].brackets?.[0].initialLeverage).toBe(40);
    expect([late.withoutBrackets, late.warnings]).toEqual([[], []]);
    // The shipped bracket table of 2024-10-24 has no AUSDT, but the shipped filters of 2025 have.
    const early = await load(Date.UTC(2024, 9, 24));
    expect([early.bracketTable, early.withoutBrackets]).toEqual([null, ['AUSDT']]);
    expect(early.warnings).toContain(
      "the venue's filters are those of 2025-12-24, 426 days after the last candle; they may have been others then",
    );
  });
  it('that are damaged are refused in one line, and are no symbols of the store', async () => {
    const root = await storeOf({ 'AUSDT-1h.csv': [line('1h', Date.UTC(2027, 1, 1))] });
    mkdirSync(join(root, 'binance-um'), { recursive: true });
    writeFileSync(join(root, 'binance-um/filters-2027-01-31.json'), '{');
    await expect(loadMarket({ root, symbols: ['AUSDT'], interval: '1h' })).rejects.toThrow(
      /filters-2027-01-31\.json: is not JSON; restore the file/,
    );
    await expect(loadMarket({ root, symbols: ['NOPE'], interval: '1h' })).rejects.toThrow(/\(it has 1 other symbols\)/);
  });
});
