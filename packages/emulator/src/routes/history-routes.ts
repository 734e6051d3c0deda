import { z } from 'zod';
import { limitParam, parseParams, symbolParam, textParam, wholeParam } from '../http/params.ts';
import type { Route, Routes } from '../http/route.ts';
import { forcedAnswer, orderQuery, tradeAnswer } from '../venue/order-answers.ts';
import { instrumentsOf, type RouteContext } from './context.ts';
import { isWithin, page } from './page.ts';

const history = z.object({
  symbol: textParam,
  orderId: wholeParam,
  fromId: wholeParam,
  startTime: wholeParam,
  endTime: wholeParam,
  limit: limitParam(1000, 500),
});
const forced = z.object({
  symbol: textParam,
  autoCloseType: z.enum(['LIQUIDATION', 'ADL']).optional(),
  startTime: wholeParam,
  endTime: wholeParam,
  limit: limitParam(100, 50),
});
const needsSymbol = z.object({ symbol: symbolParam });

/** Orders and trades of the past, and the orders by which the venue closed positions. */
export function historyRoutes(context: RouteContext): Routes {
  const { exchange, entry } = context;
  const { book } = exchange;
  const { instruments } = exchange.board;
  const signed = (weight: Route['weight'], handle: Route['handle']): Route => ({ weight, security: 'signed', handle });
  return {
    'GET /fapi/v1/allOrders': signed(5, (params) => {
      const { symbol, orderId, startTime, endTime, limit } = parseParams(history, params);
      const ids = new Set(instrumentsOf(context, symbol).map(({ id }) => id));
      const kept = book.orders.filter(
        (order) => ids.has(order.instrument) && order.orderId >= (orderId ?? 0) && isWithin(order.time, startTime, endTime),
      );
      return page(kept, limit, orderId ?? startTime).map((order) => orderQuery(instruments[order.instrument], order));
    }),
    'GET /fapi/v1/userTrades': signed(5, (params) => {
      const { orderId, fromId, startTime, endTime, limit } = parseParams(history, params);
      const { id } = entry.instrument(parseParams(needsSymbol, params).symbol);
      const kept = book.trades.filter(
        ({ order, id: tradeId, time }) =>
          order.instrument === id &&
          (orderId === undefined || order.orderId === orderId) &&
          tradeId >= (fromId ?? 0) &&
          isWithin(time, startTime, endTime),
      );
      return page(kept, limit, fromId ?? startTime).map((trade) => tradeAnswer(instruments[id], trade));
    }),
    'GET /fapi/v1/forceOrders': signed(
      ({ symbol }) => (symbol === undefined ? 50 : 20),
      (params) => {
        const { symbol, autoCloseType, startTime, endTime, limit } = parseParams(forced, params);
        const ids = new Set(instrumentsOf(context, symbol).map(({ id }) => id));
        const causes = autoCloseType === undefined ? ['margin', 'adl'] : [autoCloseType === 'ADL' ? 'adl' : 'margin'];
        const kept = book.orders.filter(
          (order) =>
            order.forced !== null && causes.includes(order.forced) && ids.has(order.instrument) && isWithin(order.time, startTime, endTime),
        );
        return page(kept, limit, startTime).map((order) => forcedAnswer(instruments[order.instrument], order));
      },
    ),
  };
}
