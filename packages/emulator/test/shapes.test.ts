import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { start, type Client, type Message } from './client.ts';
import { closeOf, FIVE_MINUTES, makeMarket, NEW_YEAR } from './market.ts';

/** Answers of the venue, each with where it was recorded. */
const RECORDED = JSON.parse(readFileSync(new URL('fixtures/answers.json', import.meta.url), 'utf8')) as Record<
  string,
  { readonly source: string; readonly answer: unknown }
>;

/** The names and types of an answer: lists are what their first element is. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => [name, shapeOf(field)]),
  );
}
function recorded(name: string): unknown {
  return RECORDED[name]?.answer;
}
/** Without fields that the venue has only for some orders, and that the emulator leaves out. */
function without(value: unknown, ...names: readonly string[]): unknown {
  return Object.fromEntries(Object.entries(value as object).filter(([name]) => !names.includes(name)));
}

async function traded(): Promise<{ readonly client: Client; readonly heard: readonly Message[] }> {
  const candles = [[100, 101, 99, 100] as const, [100, 110, 98, 105] as const, [105, 106, 90, 95] as const];
  const funding = {
    times: Float64Array.of(NEW_YEAR + FIVE_MINUTES, NEW_YEAR + 2 * FIVE_MINUTES),
    ratesE8: Float64Array.of(10_000, 10_000),
  };
  const client = await start({ market: makeMarket([{ symbol: 'BTCUSDT', candles, funding }]) });
  const user = await client.user();
  await client.idle();
  await client.order({ side: 'BUY', type: 'MARKET', quantity: '1' });
  await client.idle(closeOf(0));
  const filled = await user.until((m) => m.e === 'ACCOUNT_UPDATE');
  await client.idle(closeOf(0), filled.E);
  await client.stop({ side: 'SELL', type: 'STOP_MARKET', triggerPrice: '95', quantity: '1', reduceOnly: true });
  await client.order({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price: '97', quantity: '1' });
  return { client, heard: user.heard };
}

describe('answers have the names and types of the recorded ones', () => {
  it.each([
    ['time', '/fapi/v1/time', ''],
    ['premiumIndex', '/fapi/v1/premiumIndex', 'symbol=BTCUSDT'],
    ['klines', '/fapi/v1/klines', 'symbol=BTCUSDT&interval=5m'],
    ['fundingRate', '/fapi/v1/fundingRate', 'symbol=BTCUSDT'],
    ['ticker24hr', '/fapi/v1/ticker/24hr', 'symbol=BTCUSDT'],
    ['tickerPrice', '/fapi/v1/ticker/price', 'symbol=BTCUSDT'],
    ['bookTicker', '/fapi/v1/ticker/bookTicker', 'symbol=BTCUSDT'],
    ['depth', '/fapi/v1/depth', 'symbol=BTCUSDT'],
  ])('%s', async (name, path, query) => {
    const { client } = await traded();
    const { status, body } = await client.ask('GET', path, { query });
    expect(status).toBe(200);
    expect(shapeOf(body)).toEqual(shapeOf(recorded(name)));
  });

  it.each([
    ['accountV2', '/fapi/v2/account'],
    ['accountV3', '/fapi/v3/account'],
    ['balance', '/fapi/v2/balance'],
    ['balance', '/fapi/v3/balance'],
    ['accountConfig', '/fapi/v1/accountConfig'],
    ['income', '/fapi/v1/income'],
    ['symbolConfig', '/fapi/v1/symbolConfig'],
    ['commissionRate', '/fapi/v1/commissionRate'],
    ['positionV2', '/fapi/v2/positionRisk'],
    ['positionV3', '/fapi/v3/positionRisk'],
    ['userTrades', '/fapi/v1/userTrades'],
  ])('%s of %s', async (name, path) => {
    const { client } = await traded();
    const { status, body } = await client.signed('GET', path, { symbol: 'BTCUSDT' });
    expect(status).toBe(200);
    expect(shapeOf(body)).toEqual(shapeOf(recorded(name)));
  });

  it('exchangeInfo', async () => {
    const client = await start();
    const { body } = await client.ask('GET', '/fapi/v1/exchangeInfo');
    const info = body as unknown as { rateLimits: unknown; symbols: { filters: { filterType: string }[] }[] };
    expect(info.rateLimits).toEqual(recorded('exchangeInfo.rateLimits'));
    const venue = recorded('exchangeInfo.symbol') as (typeof info.symbols)[number];
    const filtersOf = (symbol: typeof venue | undefined): unknown =>
      Object.fromEntries((symbol?.filters ?? []).map((filter) => [filter.filterType, shapeOf(filter)]));
    expect(filtersOf(info.symbols[0])).toEqual(filtersOf(venue));
    expect(without(shapeOf(info.symbols[0]), 'filters', 'underlyingSubType', 'permissionSets')).toEqual(
      without(shapeOf(venue), 'filters', 'underlyingSubType', 'permissionSets'),
    );
  });

  it('orders', async () => {
    const { client } = await traded();
    const placed = await client.order({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price: '96', quantity: '1' });
    expect(shapeOf(placed.body)).toEqual(shapeOf(recorded('newOrder')));
    const { orderId } = placed.body;
    const queried = await client.signed('GET', '/fapi/v1/order', { symbol: 'BTCUSDT', orderId: Number(orderId) });
    // Fields of a trailing stop, which is no order of this endpoint any more.
    expect(shapeOf(queried.body)).toEqual(without(shapeOf(recorded('queryOrder')), 'activatePrice', 'priceRate'));
    const algo = await client.stop({ side: 'SELL', type: 'STOP_MARKET', triggerPrice: '90', quantity: '1' });
    expect(shapeOf(algo.body)).toEqual(shapeOf(recorded('newAlgoOrder')));
    const { algoId } = algo.body;
    const conditional = await client.signed('GET', '/fapi/v1/algoOrder', { algoId: Number(algoId) });
    expect(without(shapeOf(conditional.body), 'activatePrice', 'callbackRate')).toEqual(shapeOf(recorded('queryAlgoOrder')));
    const canceled = await client.signed('DELETE', '/fapi/v1/algoOrder', { algoId: Number(algoId) });
    expect(shapeOf(canceled.body)).toEqual(shapeOf(recorded('cancelAlgoOrder')));
    for (const path of ['/fapi/v1/allOpenOrders', '/fapi/v1/algoOpenOrders']) {
      expect((await client.signed('DELETE', path, { symbol: 'BTCUSDT' })).body).toEqual(recorded('cancelAll'));
    }
    const leverage = await client.signed('POST', '/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 5 });
    expect(shapeOf(leverage.body)).toEqual(shapeOf(recorded('leverage')));
    const countdown = await client.signed('POST', '/fapi/v1/countdownCancelAll', { symbol: 'BTCUSDT', countdownTime: 0 });
    expect(shapeOf(countdown.body)).toEqual(shapeOf(recorded('countdownCancelAll')));
  });

  it('messages of the user data stream and of the market', async () => {
    const { client } = await traded();
    const market = await client.listen('/market/stream?streams=btcusdt@kline_5m/btcusdt@markPrice@1s');
    const user = await client.user();
    await client.idle(closeOf(1));
    const finished = await user.until((m) => m.o?.['X'] === 'FINISHED');
    await client.idle(closeOf(1), finished.E);
    const mark = await market.until((m) => m.data?.e === 'markPriceUpdate');
    expect(shapeOf(mark.data)).toEqual(shapeOf(recorded('ws.markPrice')));
    expect(shapeOf((await market.until((m) => m.data?.e === 'kline')).data)).toEqual(shapeOf(recorded('ws.kline')));
    expect(shapeOf(finished)).toEqual(shapeOf(recorded('ws.algoFinished')));
    expect(shapeOf(await user.until((m) => m.o?.['X'] === 'TRIGGERED'))).toEqual(shapeOf(recorded('ws.algoTriggered')));
    const trade = await user.until((m) => m.o?.['x'] === 'TRADE');
    // The field list of 2026 dropped the trailing stop's fields and added three.
    expect(without(shapeOf(trade.o), 'er', 'gtd', 'pm')).toEqual(without(shapeOf((recorded('ws.orderTrade') as Message).o), 'AP', 'cr'));
    const account = await user.until((m) => m.e === 'ACCOUNT_UPDATE' && m.a?.m === 'ORDER');
    expect(shapeOf(without(account.a, 'P'))).toEqual(shapeOf(without((recorded('ws.account') as Message).a, 'P')));
  });
});

describe('errors have the recorded status and text', () => {
  const recordedErrors = recorded('errors') as readonly { http: number; request: string; body: unknown }[];
  const covered = recordedErrors.filter(({ request }) => !request.includes('historicalTrades') && !request.startsWith('POST'));
  it.each(covered.map((error) => [error.request, error] as const))('%s', async (request, error) => {
    const client = await start();
    const [path = '', query = ''] = request.split('?');
    const reply = await client.ask('GET', path, { query });
    expect({ http: reply.status, body: reply.body }).toEqual({ http: error.http, body: error.body });
  });
  it('POST order of a conditional type', async () => {
    const client = await start();
    const reply = await client.order({ side: 'SELL', type: 'STOP_MARKET', stopPrice: '90', quantity: '1' });
    expect([reply.status, reply.body]).toEqual([400, recordedErrors.at(-1)?.body]);
  });
});
