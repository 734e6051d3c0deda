import { formatPrice, type Instrument } from '@orrery/core';
import { z } from 'zod';
import { limitParam, parseParams, symbolParam, textParam, wholeParam, type RawParams } from '../http/params.ts';
import type { Routes } from '../http/route.ts';
import { VENUE_LIMITS } from '../options.ts';
import { bookTicker } from '../venue/book-ticker.ts';
import { exchangeInfo } from '../venue/exchange-info.ts';
import { klineRows, markRow } from '../venue/klines.ts';
import { dayStatistics, fundingRows, premiumIndex } from '../venue/market-figures.ts';
import { refusal, VenueError } from '../venue/venue-error.ts';
import { instrumentsOf, type RouteContext } from './context.ts';

const klineParams = z.object({
  symbol: symbolParam,
  interval: symbolParam,
  startTime: wholeParam,
  endTime: wholeParam,
  limit: limitParam(1500, 500),
});
const maybeSymbol = z.object({ symbol: textParam });
const depthParams = z.object({ symbol: symbolParam, limit: limitParam(100_000, 500) });
const fundingParams = z.object({ symbol: textParam, startTime: wholeParam, endTime: wholeParam, limit: limitParam(1000, 100) });

const DEPTH_WEIGHTS: Readonly<Record<number, number>> = { 5: 2, 10: 2, 20: 2, 50: 2, 100: 5, 500: 10, 1000: 20 };
/** Endpoints that anybody may ask: the clock, the rules and the market. */
export function marketRoutes(context: RouteContext): Routes {
  const { exchange, requestTime } = context;
  const { board } = exchange;
  const limits = context.options.settings?.limits ?? VENUE_LIMITS;
  const one = (params: RawParams, figure: (instrument: Instrument) => unknown): unknown => {
    const { symbol } = parseParams(maybeSymbol, params);
    const figures = instrumentsOf(context, symbol).map(figure);
    return symbol === undefined ? figures : figures[0];
  };
  const price = (instrument: Instrument): unknown => ({
    symbol: instrument.symbol,
    price: formatPrice(instrument, board.last(instrument.id)),
    time: board.now,
  });
  const klines = (params: RawParams): ReturnType<typeof klineRows> => {
    const { symbol, interval, startTime, endTime, limit } = parseParams(klineParams, params);
    const { id } = context.entry.instrument(symbol);
    // Candles of another length than the data's are not made up.
    if (interval !== board.interval) throw refusal(-1120);
    if (startTime !== undefined && endTime !== undefined && startTime > endTime) throw refusal(-1023);
    return klineRows(board, id, startTime, endTime, limit);
  };
  const perSymbol = (single: number, all: number) => (params: RawParams) => (params['symbol'] === undefined ? all : single);
  const open = (weight: number | ((params: RawParams) => number), handle: (params: RawParams) => unknown): Routes[string] => ({
    weight,
    security: 'none',
    handle,
  });
  return {
    'GET /fapi/v1/ping': open(1, () => ({})),
    'GET /fapi/v1/time': open(1, () => ({ serverTime: requestTime() })),
    'GET /fapi/v1/exchangeInfo': open(1, () => exchangeInfo(board, limits, requestTime())),
    'GET /fapi/v1/klines': open(klineWeight, klines),
    'GET /fapi/v1/markPriceKlines': open(klineWeight, (params) => {
      const { id } = context.entry.instrument(parseParams(klineParams, params).symbol);
      return klines(params).map((row) => markRow(board, id, row));
    }),
    'GET /fapi/v1/ticker/24hr': open(perSymbol(1, 40), (params) => one(params, ({ id }) => dayStatistics(board, id))),
    'GET /fapi/v1/ticker/price': open(perSymbol(1, 2), (params) => one(params, price)),
    'GET /fapi/v2/ticker/price': open(perSymbol(1, 2), (params) => one(params, price)),
    'GET /fapi/v1/ticker/bookTicker': open(perSymbol(2, 5), (params) =>
      one(params, (instrument) => bookTicker(instrument, board.last(instrument.id), board.now)),
    ),
    'GET /fapi/v1/premiumIndex': open(perSymbol(1, 10), (params) => one(params, ({ id }) => premiumIndex(board, id))),
    'GET /fapi/v1/fundingRate': open(0, (params) => {
      const { symbol, startTime, endTime, limit } = parseParams(fundingParams, params);
      const rows = instrumentsOf(context, symbol).flatMap(({ id }) => fundingRows(board, id));
      const from = startTime ?? -Infinity;
      const kept = rows.filter((row) => row.fundingTime >= from && row.fundingTime <= (endTime ?? Infinity));
      kept.sort((a, b) => a.fundingTime - b.fundingTime);
      return startTime === undefined ? kept.slice(-limit) : kept.slice(0, limit);
    }),
    'GET /fapi/v1/fundingInfo': open(0, () => []),
    'GET /fapi/v1/depth': open(
      ({ limit }) => DEPTH_WEIGHTS[Number(limit ?? 500)] ?? 20,
      (params) => {
        const { symbol, limit } = parseParams(depthParams, params);
        const instrument = context.entry.instrument(symbol);
        if (DEPTH_WEIGHTS[limit] === undefined) throw new VenueError(-4021, `${limit} is not valid depth limit`);
        const { bidPrice, bidQty, askPrice, askQty } = bookTicker(instrument, board.last(instrument.id), board.now);
        return { lastUpdateId: board.framesShown + 1, E: board.now, T: board.now, bids: [[bidPrice, bidQty]], asks: [[askPrice, askQty]] };
      },
    ),
  };
}

function klineWeight({ limit = '500' }: RawParams): number {
  const rows = Number(limit);
  if (rows < 100) return 1;
  if (rows < 500) return 2;
  return rows <= 1000 ? 5 : 10;
}
