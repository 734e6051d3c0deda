import { z } from 'zod';
import { flagParam, neededWholeParam, parseParams, sideParam, symbolParam, textParam, wholeParam, type RawParams } from '../http/params.ts';
import type { Route, Routes } from '../http/route.ts';
import { orderAnswer, orderQuery } from '../venue/order-answers.ts';
import type { OrderRecord } from '../venue/order-records.ts';
import { refusal, VenueError } from '../venue/venue-error.ts';
import { instrumentsOf, type RouteContext } from './context.ts';

const newOrder = z.object({
  symbol: symbolParam,
  side: sideParam,
  type: symbolParam,
  timeInForce: textParam,
  quantity: textParam,
  price: textParam,
  reduceOnly: flagParam,
  newClientOrderId: textParam,
  positionSide: textParam,
  goodTillDate: wholeParam,
});
const reference = z.object({ symbol: symbolParam, orderId: wholeParam, origClientOrderId: textParam });
const changed = reference.extend({ quantity: textParam, price: textParam });
const maybeSymbol = z.object({ symbol: textParam });
const needsSymbol = z.object({ symbol: symbolParam });
const countdown = z.object({ symbol: symbolParam, countdownTime: neededWholeParam });

const ALL_CANCELED = { code: 200, msg: 'The operation of cancel all open order is done.' } as const;

/** Regular orders and what became of them. */
export function orderRoutes(context: RouteContext): Routes {
  const { exchange, entry } = context;
  const { book } = exchange;
  const { instruments } = exchange.board;
  const withFillPrices = context.options.settings?.fillPricesInAnswers === true;
  const answer = (order: OrderRecord): unknown => orderAnswer(instruments[order.instrument], order, withFillPrices);
  const query = (order: OrderRecord): unknown => orderQuery(instruments[order.instrument], order);
  const signed = (weight: Route['weight'], handle: Route['handle']): Route => ({ weight, security: 'signed', handle });
  const find = (params: RawParams, code: -2013): OrderRecord => {
    const { symbol, orderId, origClientOrderId } = parseReference(params);
    const order = book.findOrder(entry.instrument(symbol).id, orderId, origClientOrderId);
    if (order === undefined) throw refusal(code);
    return order;
  };
  const timers = new Map<string, NodeJS.Timeout>();
  return {
    'POST /fapi/v1/order': {
      weight: 0,
      security: 'signed',
      orders: 1,
      handle: (params) => answer(entry.place(parseParams(newOrder, params))),
    },
    'POST /fapi/v1/order/test': {
      ...signed(0, (params) => {
        entry.check(parseParams(newOrder, params));
        return {};
      }),
      orders: 1,
    },
    'POST /fapi/v1/batchOrders': { weight: 5, security: 'signed', orders: 5, handle: (params) => batch(context, params, answer) },
    'PUT /fapi/v1/order': {
      weight: 0,
      security: 'signed',
      orders: 1,
      handle: (params) => {
        parseReference(params);
        const { symbol, orderId, origClientOrderId, quantity, price } = parseParams(changed, params);
        return answer(entry.amend(symbol, { orderId, clientOrderId: origClientOrderId }, quantity, price));
      },
    },
    'GET /fapi/v1/order': signed(1, (params) => query(find(params, -2013))),
    'GET /fapi/v1/openOrder': signed(1, (params) => {
      const order = find(params, -2013);
      if (!book.openOrders.has(order)) throw refusal(-2013);
      return query(order);
    }),
    'DELETE /fapi/v1/order': signed(1, (params) => {
      const { symbol, orderId, origClientOrderId } = parseReference(params);
      return answer(entry.cancel(entry.instrument(symbol).id, { orderId, clientOrderId: origClientOrderId }));
    }),
    'GET /fapi/v1/openOrders': signed(
      ({ symbol }) => (symbol === undefined ? 40 : 1),
      (params) => instrumentsOf(context, parseParams(maybeSymbol, params).symbol).flatMap(({ id }) => book.openOrdersOf(id).map(query)),
    ),
    'DELETE /fapi/v1/allOpenOrders': signed(1, (params) => {
      entry.cancelAll(entry.instrument(parseParams(needsSymbol, params).symbol).id);
      return ALL_CANCELED;
    }),
    'POST /fapi/v1/countdownCancelAll': signed(10, (params) => {
      const { symbol, countdownTime } = parseParams(countdown, params);
      const { id } = entry.instrument(symbol);
      clearTimeout(timers.get(symbol));
      if (countdownTime > 0) timers.set(symbol, setTimeout(() => entry.cancelAll(id), Math.min(countdownTime, 2 ** 31 - 1)).unref());
      return { symbol, countdownTime: String(countdownTime) };
    }),
  };
}

function parseReference(params: RawParams): z.infer<typeof reference> {
  const parsed = parseParams(reference, params);
  if (parsed.orderId === undefined && parsed.origClientOrderId === undefined) {
    throw new VenueError(-1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!");
  }
  return parsed;
}

const batchList = z
  .array(z.record(z.string(), z.union([z.string(), z.number().transform(String), z.boolean().transform(String)])))
  .min(1)
  .max(5);

/** Several orders at once: each is answered for itself. */
function batch(context: RouteContext, params: RawParams, answer: (order: OrderRecord) => unknown): unknown {
  const { batchOrders } = parseParams(z.object({ batchOrders: symbolParam }), params);
  let list;
  try {
    list = batchList.parse(JSON.parse(batchOrders));
  } catch {
    throw new VenueError(-1130, "Data sent for parameter 'batchOrders' is not valid.");
  }
  return list.map((item) => {
    try {
      return answer(context.entry.place(parseParams(newOrder, item)));
    } catch (error) {
      if (error instanceof VenueError) return { code: error.code, msg: error.message };
      throw error;
    }
  });
}
