import { createInstrument, type Instrument, type InstrumentId, type RateE8 } from '@orrery/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyAnswer } from '../src/exchange/classify-answer.ts';
import { RequestBudget } from '../src/exchange/request-budget.ts';
import { parseMarketEvent } from '../src/exchange/market-events.ts';
import { parseUserEvent } from '../src/exchange/user-events.ts';
import { symbolFilters } from '../src/feed/symbol-filters.ts';
import { checkSessionTag, clientOrderId, parseClientOrderId } from '../src/gateway/client-order-id.ts';
import { reportOfAlgoUpdate, reportOfUpdate, statusOf } from '../src/gateway/venue-reports.ts';
import { lotsOf, nearestTicks, rateOf, satsOf, ticksOf } from '../src/gateway/venue-values.ts';

const FEES = { maker: 20_000 as RateE8, taker: 50_000 as RateE8 };
/** GET exchangeInfo, the entry of BTCUSDT (recorded 2026-09-15), the filters that are read. */
const RECORDED = [
  { filterType: 'PRICE_FILTER', minPrice: '556.80', maxPrice: '4529764', tickSize: '0.10' },
  { filterType: 'LOT_SIZE', minQty: '0.001', maxQty: '1000', stepSize: '0.001' },
  { filterType: 'MARKET_LOT_SIZE', minQty: '0.001', maxQty: '120', stepSize: '0.001' },
  { filterType: 'MIN_NOTIONAL', notional: '50' },
];
const BTC: Instrument = createInstrument(
  0 as InstrumentId,
  symbolFilters({ symbol: 'BTCUSDT', status: 'TRADING', filters: RECORDED }),
  FEES,
);
const filters = (symbol: string, tickSize: string, stepSize: string) => ({
  symbol,
  tickSize,
  stepSize,
  minQty: stepSize,
  maxQty: '1000000',
  marketMaxQty: '1000000',
  minNotional: '5',
});
const DOGE = createInstrument(1 as InstrumentId, filters('DOGEUSDT', '0.00001', '1'), FEES);

describe('decimal texts', () => {
  it('become ticks, lots and sats without a float in between', () => {
    expect(ticksOf(BTC, '83896.40')).toBe(838_964);
    expect(lotsOf(BTC, '-0.0150')).toBe(-15);
    expect([satsOf('0.01000000'), satsOf('-0.37500000'), satsOf('-0.0')]).toEqual([1_000_000, -37_500_000, 0]);
    expect([rateOf('0.00003563'), rateOf('-0.00010000')]).toEqual([3563, -10_000]);
    // Recorded fundingRate: a mark price lies between ticks.
    expect([nearestTicks(BTC, '76907.97183333'), nearestTicks(BTC, '78178.30000000'), nearestTicks(BTC, '0.15')]).toEqual([
      769_080, 781_783, 2,
    ]);
  });
  it('are refused where they lie between two steps or are finer than a sat', () => {
    expect(() => ticksOf(BTC, '100.05')).toThrow('price 100.05 of BTCUSDT is no multiple of its tick');
    expect(() => lotsOf(BTC, '0.0015')).toThrow('quantity 0.0015 of BTCUSDT is no multiple of its step');
    expect(() => satsOf('0.000000001')).toThrow('finer than 0.00000001');
  });
});

describe('filters', () => {
  it('hold what a symbol of exchangeInfo bounds beyond them (recorded 2026-09-15)', () => {
    const more = [
      { filterType: 'MAX_NUM_ORDERS', limit: 200 },
      { filterType: 'PERCENT_PRICE', multiplierUp: '1.0500', multiplierDown: '0.9500', multiplierDecimal: '4' },
    ];
    const entry = { symbol: 'BTCUSDT', status: 'TRADING', triggerProtect: '0.0500', liquidationFee: '0.012500', marketTakeBound: '0.05' };
    expect(symbolFilters({ ...entry, filters: [...RECORDED, ...more] })).toEqual({
      symbol: 'BTCUSDT',
      tickSize: '0.10',
      stepSize: '0.001',
      minQty: '0.001',
      maxQty: '1000',
      marketMaxQty: '120',
      minNotional: '50',
      minPrice: '556.80',
      maxPrice: '4529764',
      multiplierUp: '1.0500',
      multiplierDown: '0.9500',
      maxNumOrders: 200,
      triggerProtect: '0.0500',
      marketTakeBound: '0.05',
      liquidationFee: '0.012500',
    });
  });
});

describe('client order ids', () => {
  it('are those of the venue, of the session, and come back', () => {
    const tag = fc.stringMatching(/^[A-Za-z0-9]{1,12}$/);
    fc.assert(
      fc.property(tag, tag, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (own, other, number) => {
        const text = clientOrderId(own, number as never);
        expect(text).toMatch(/^[.A-Z:/a-z0-9_-]{1,36}$/);
        expect(parseClientOrderId(own, text)).toBe(number);
        if (other !== own) expect(parseClientOrderId(other, text)).toBeNull();
      }),
    );
  });
  it('are not those of others', () => {
    for (const text of ['web_1', 'oT-', 'oT-0', 'oT-01', 'oT-1x', 'oT-9007199254740993', 'autoclose-1'])
      expect(parseClientOrderId('T', text)).toBeNull();
    for (const tag of ['', 'a-b', 'a'.repeat(13), 'ä']) expect(() => checkSessionTag(tag)).toThrow('must be 1 to 12 letters or digits');
  });
});

describe('answers', () => {
  const of = (status: number, code: number | null, text: string | null = null, body = '') =>
    classifyAnswer({ endpoint: 'GET /x', status, retryAfter: '3', body, code, text })?.kind ?? null;
  it('mean what the venue documents, three kinds of 503 among them', () => {
    expect([of(200, null), of(200, 200, 'success')]).toEqual([null, null]);
    expect(of(503, null, null, 'Unknown error, please check your request or try again later.')).toBe('unknown');
    expect(of(503, null, null, 'Service Unavailable.')).toBe('unavailable');
    expect(of(503, -1008, 'Request throttled by system-level protection.')).toBe('unavailable');
    expect([of(500, null), of(502, null), of(408, null), of(400, -1006), of(400, -1007)]).toEqual(Array(5).fill('unknown'));
    expect([of(400, -1021), of(400, -5028), of(400, -2011), of(400, -2013)]).toEqual(['clock', 'clock', 'not_found', 'not_found']);
    expect([of(429, -1003), of(400, -1015), of(418, -1003), of(401, -2014)]).toEqual(['limited', 'limited', 'halt', 'halt']);
    expect(of(200, -2019, 'Margin is insufficient.')).toBe('refused');
  });
  it('keep the wait that they ask for', () => {
    expect(classifyAnswer({ endpoint: 'GET /x', status: 429, retryAfter: '3', body: '', code: -1003, text: 'x' })?.retryAfterMs).toBe(3000);
  });
});

describe('the request budget', () => {
  it('makes reads wait for the next minute once the limit is reached, and no longer', () => {
    let now = 60_000;
    const budget = new RequestBudget(100, () => now);
    budget.observe(99);
    expect(budget.waitMs).toBe(0);
    now = 75_000;
    budget.observe(100);
    expect(budget.waitMs).toBe(45_000);
    now = 120_000;
    expect(budget.waitMs).toBe(0);
    budget.observe(3);
    expect(budget.waitMs).toBe(0);
  });
});

describe('messages', () => {
  it('give a candle only when it is closed (recorded kline of 2026-09-30)', () => {
    const k = {
      t: 1_790_771_340_000,
      T: 1_790_771_399_999,
      s: 'BTCUSDT',
      i: '1m',
      o: '83896.40',
      c: '83860.20',
      h: '83920.00',
      l: '83860.10',
      v: '114.602',
    };
    const message = (x: boolean) => ({ e: 'kline', E: 1_790_771_371_858, s: 'BTCUSDT', k: { ...k, x } });
    expect(parseMarketEvent(message(false))).toEqual({ kind: 'time', eventTime: 1_790_771_371_858 });
    expect(parseMarketEvent(message(true))).toEqual({
      kind: 'candle',
      eventTime: 1_790_771_371_858,
      candle: {
        symbol: 'BTCUSDT',
        openTime: k.t,
        closeTime: k.T,
        open: '83896.40',
        high: '83920.00',
        low: '83860.10',
        close: '83860.20',
        volume: '114.602',
      },
    });
  });
  it('tell of a conditional order (recorded ALGO_UPDATEs of 2025-12-11)', () => {
    const o = { caid: 'oT-1', aid: 1_000_000_033_225_453, o: 'STOP_MARKET', s: 'DOGEUSDT', S: 'BUY', q: '38', rm: undefined };
    const of = (fields: object) => {
      const event = parseUserEvent({ e: 'ALGO_UPDATE', T: 1_765_431_097_031, E: 1_765_431_097_037, o: { ...o, ...fields } });
      return event.kind === 'algo' ? reportOfAlgoUpdate(DOGE, event.order, event.time) : null;
    };
    expect(of({ X: 'TRIGGERING', ai: '' })).toMatchObject({ status: 'working', filled: 0 });
    expect(of({ X: 'TRIGGERED', ai: '88937381063', ap: '0', aq: '0' })).toMatchObject({ status: 'working', filled: 0 });
    expect(of({ X: 'FINISHED', ai: '88937381063', ap: '0.13856', aq: '38' })).toMatchObject({ status: 'filled', filled: 38 });
    // Its order in the matching engine was canceled or expired, and that one says which.
    expect(of({ X: 'FINISHED', ai: '88937381064', ap: '0', aq: '0' })).toBeNull();
    expect(of({ X: 'REJECTED', ai: '', rm: 'Reduce Only reject' })).toMatchObject({ status: 'expired', cause: 'reduce_only' });
    expect(of({ X: 'EXPIRED', ai: '', rm: 'Margin is insufficient.' })).toMatchObject({ status: 'expired', cause: 'insufficient_margin' });
  });
  it('tell of a fill (recorded ORDER_TRADE_UPDATE; texts may be null where there was no fee)', () => {
    const o = {
      s: 'BTCUSDT',
      c: 'oT-1',
      S: 'BUY',
      q: '0.004',
      p: '7100.50',
      x: 'TRADE',
      X: 'PARTIALLY_FILLED',
      i: 8_886_774,
      l: '0.001',
      z: '0.003',
      L: '7100.50',
      T: 5,
      t: 12_345_678,
      m: true,
      R: false,
    };
    const of = (fields: object) => {
      const event = parseUserEvent({ e: 'ORDER_TRADE_UPDATE', T: 5, E: 6, o: { ...o, ...fields } });
      return event.kind === 'order' ? reportOfUpdate(BTC, event.order) : null;
    };
    expect(of({ N: 'USDT', n: '0.01000000' })).toEqual({
      status: 'working',
      filled: 3,
      time: 5,
      trade: { qty: 1, price: 71_005, fee: 1_000_000, isMaker: true, time: 5, foreignFee: null },
      cause: null,
      limit: { qty: 4, price: 71_005 },
      isAmendment: false,
    });
    expect(of({ N: null, n: null })?.trade?.fee).toBe(0);
    expect(of({ x: 'EXPIRED', X: 'EXPIRED', er: '4' })).toMatchObject({ status: 'expired', trade: null, cause: 'reduce_only' });
    expect(of({ x: 'EXPIRED', X: 'EXPIRED_IN_MATCH', er: '1' })).toMatchObject({ status: 'expired', cause: null });
  });
  it('with a status that is not known are not guessed at', () => {
    expect(() => statusOf('FROZEN')).toThrow('order status "FROZEN" is not known');
  });
});
