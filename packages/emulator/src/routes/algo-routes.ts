import { z } from 'zod';
import { flagParam, limitParam, parseParams, sideParam, symbolParam, textParam, wholeParam, type RawParams } from '../http/params.ts';
import type { Route, Routes } from '../http/route.ts';
import { algoAnswer, algoQuery } from '../venue/order-answers.ts';
import type { AlgoRecord } from '../venue/order-records.ts';
import { refusal, VenueError } from '../venue/venue-error.ts';
import { instrumentsOf, type RouteContext } from './context.ts';
import { isWithin, page } from './page.ts';

const newAlgoOrder = z.object({
  algoType: z.literal('CONDITIONAL'),
  symbol: symbolParam,
  side: sideParam,
  type: symbolParam,
  quantity: textParam,
  timeInForce: textParam,
  price: textParam,
  triggerPrice: textParam,
  activatePrice: textParam,
  callbackRate: textParam,
  reduceOnly: flagParam,
  closePosition: flagParam,
  workingType: z.enum(['CONTRACT_PRICE', 'MARK_PRICE']).optional(),
  priceProtect: flagParam,
  clientAlgoId: textParam,
  positionSide: textParam,
  goodTillDate: wholeParam,
});
const reference = z.object({ algoId: wholeParam, clientAlgoId: textParam });
const maybeSymbol = z.object({ symbol: textParam, algoId: wholeParam });
const needsSymbol = z.object({ symbol: symbolParam });
const history = z.object({
  symbol: symbolParam,
  algoId: wholeParam,
  startTime: wholeParam,
  endTime: wholeParam,
  limit: limitParam(1000, 500),
});

/** Conditional orders: stops, take-profits and trailing stops. */
export function algoRoutes(context: RouteContext): Routes {
  const { exchange, entry } = context;
  const { book } = exchange;
  const { instruments } = exchange.board;
  const query = (algo: AlgoRecord): unknown => algoQuery(instruments[algo.instrument], algo);
  const signed = (weight: Route['weight'], handle: Route['handle']): Route => ({ weight, security: 'signed', handle });
  return {
    'POST /fapi/v1/algoOrder': {
      weight: 0,
      security: 'signed',
      orders: 1,
      handle: (params) => {
        const algo = entry.placeAlgo(parseParams(newAlgoOrder, params));
        return algoAnswer(instruments[algo.instrument], algo);
      },
    },
    'GET /fapi/v1/algoOrder': signed(1, (params) => {
      const { algoId, clientAlgoId } = parseReference(params);
      const algo = book.findAlgo(algoId, clientAlgoId);
      if (algo === undefined) throw refusal(-2013);
      return query(algo);
    }),
    'DELETE /fapi/v1/algoOrder': signed(1, (params) => {
      const { algoId, clientAlgoId } = parseReference(params);
      const algo = entry.cancelAlgo(algoId, clientAlgoId);
      return { algoId: algo.algoId, clientAlgoId: algo.clientAlgoId, code: '200', msg: 'success' };
    }),
    'GET /fapi/v1/openAlgoOrders': signed(
      ({ symbol }) => (symbol === undefined ? 40 : 1),
      (params) => {
        const { symbol, algoId } = parseParams(maybeSymbol, params);
        const open = instrumentsOf(context, symbol).flatMap(({ id }) => book.openAlgosOf(id));
        return open.filter((algo) => algoId === undefined || algo.algoId === algoId).map(query);
      },
    ),
    'GET /fapi/v1/allAlgoOrders': signed(5, (params) => {
      const { symbol, algoId, startTime, endTime, limit } = parseParams(history, params);
      const { id } = entry.instrument(symbol);
      const kept = book.algos.filter(
        (algo) => algo.instrument === id && algo.algoId >= (algoId ?? 0) && isWithin(algo.createTime, startTime, endTime),
      );
      return page(kept, limit, algoId ?? startTime).map(query);
    }),
    'DELETE /fapi/v1/algoOpenOrders': signed(1, (params) => {
      entry.cancelAllAlgos(entry.instrument(parseParams(needsSymbol, params).symbol).id);
      return { code: 200, msg: 'The operation of cancel all open order is done.' };
    }),
  };
}

function parseReference(params: RawParams): z.infer<typeof reference> {
  const parsed = parseParams(reference, params);
  if (parsed.algoId === undefined && parsed.clientAlgoId === undefined) {
    throw new VenueError(-1102, "Param 'clientAlgoId' or 'algoId' must be sent, but both were empty/null!");
  }
  return parsed;
}
