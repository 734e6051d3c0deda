import { formatSats, type Sats } from '@orrery/core';
import { z } from 'zod';
import { limitParam, parseParams, symbolParam, textParam, wholeParam } from '../http/params.ts';
import type { Route, Routes } from '../http/route.ts';
import { accountV2, accountV3, balanceRow, isTouched, positionsV2, positionsV3 } from '../venue/account-answers.ts';
import { instrumentsOf, type RouteContext } from './context.ts';
import { isWithin, page } from './page.ts';

const maybeSymbol = z.object({ symbol: textParam });
const needsSymbol = z.object({ symbol: symbolParam });
const incomeParams = z.object({
  symbol: textParam,
  incomeType: textParam,
  startTime: wholeParam,
  endTime: wholeParam,
  page: wholeParam,
  limit: limitParam(1000, 100),
});

/** The account: its money, positions, settings and history. */
export function accountRoutes(context: RouteContext): Routes {
  const { exchange, entry } = context;
  const { account, book, board } = exchange;
  const signed = (weight: Route['weight'], handle: Route['handle']): Route => ({ weight, security: 'signed', handle });
  return {
    'GET /fapi/v2/account': signed(5, () => accountV2(exchange)),
    'GET /fapi/v3/account': signed(5, () => accountV3(exchange)),
    'GET /fapi/v2/balance': signed(5, () => [balanceRow(account)]),
    'GET /fapi/v3/balance': signed(5, () => [balanceRow(account)]),
    'GET /fapi/v2/positionRisk': signed(5, (params) =>
      instrumentsOf(context, parseParams(maybeSymbol, params).symbol).flatMap((instrument) => positionsV2(exchange, instrument)),
    ),
    'GET /fapi/v3/positionRisk': signed(5, (params) =>
      instrumentsOf(context, parseParams(maybeSymbol, params).symbol)
        .filter(({ id }) => isTouched(exchange, id))
        .flatMap((instrument) => positionsV3(exchange, instrument)),
    ),
    'GET /fapi/v1/commissionRate': signed(20, (params) => {
      const { symbol, fees } = entry.instrument(parseParams(needsSymbol, params).symbol);
      const rate = (value: number): string => formatSats(value as Sats).replace(/0{2}$/, '');
      return { symbol, makerCommissionRate: rate(fees.maker), takerCommissionRate: rate(fees.taker), rpiCommissionRate: rate(fees.maker) };
    }),
    'GET /fapi/v1/income': signed(30, (params) => {
      const { symbol, incomeType, startTime, endTime, limit, page: number = 1 } = parseParams(incomeParams, params);
      const ids = new Set(instrumentsOf(context, symbol).map(({ id }) => id));
      const kept = book.incomes.filter(
        (income) => ids.has(income.instrument) && (incomeType ?? income.type) === income.type && isWithin(income.time, startTime, endTime),
      );
      const rows = number > 1 ? kept.slice((number - 1) * limit) : kept;
      return page(rows, limit, number > 1 ? number : startTime).map((income) => ({
        symbol: board.instruments[income.instrument].symbol,
        incomeType: income.type,
        income: formatSats(income.amount),
        asset: 'USDT',
        info: income.type === 'FUNDING_FEE' ? 'FUNDING_FEE' : income.tradeId,
        time: income.time,
        tranId: income.id,
        tradeId: income.tradeId,
      }));
    }),
  };
}
