import { formatSats, type Sats } from '@orrery/core';
import { z } from 'zod';
import { limitParam, neededWholeParam, parseParams, symbolParam, textParam, wholeParam } from '../http/params.ts';
import type { Route, Routes } from '../http/route.ts';
import { MAINTENANCE_RATE, MAX_LEVERAGE } from '../venue/account.ts';
import { accountV2, accountV3, balanceRow, isTouched, MAX_NOTIONAL, positionV2, positionV3 } from '../venue/account-answers.ts';
import { refusal } from '../venue/venue-error.ts';
import { instrumentsOf, type RouteContext } from './context.ts';
import { isWithin, page } from './order-routes.ts';

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
    ...settingRoutes(context),
    'GET /fapi/v2/account': signed(5, () => accountV2(exchange)),
    'GET /fapi/v3/account': signed(5, () => accountV3(exchange)),
    'GET /fapi/v2/balance': signed(5, () => [balanceRow(account)]),
    'GET /fapi/v3/balance': signed(5, () => [balanceRow(account)]),
    'GET /fapi/v2/positionRisk': signed(5, (params) =>
      instrumentsOf(context, parseParams(maybeSymbol, params).symbol).map((instrument) => positionV2(exchange, instrument)),
    ),
    'GET /fapi/v3/positionRisk': signed(5, (params) =>
      instrumentsOf(context, parseParams(maybeSymbol, params).symbol)
        .filter(({ id }) => isTouched(exchange, id))
        .map((instrument) => positionV3(exchange, instrument)),
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

const leverageParams = z.object({ symbol: symbolParam, leverage: neededWholeParam });
const marginTypeParams = z.object({ symbol: symbolParam, marginType: z.enum(['CROSSED', 'ISOLATED']) });
const dualParams = z.object({ dualSidePosition: z.enum(['true', 'false']) });
const SUCCESS = { code: 200, msg: 'success' } as const;

/** How the account trades each symbol. */
function settingRoutes(context: RouteContext): Routes {
  const { exchange, entry } = context;
  const { account, book } = exchange;
  const signed = (weight: Route['weight'], handle: Route['handle']): Route => ({ weight, security: 'signed', handle });
  return {
    'POST /fapi/v1/leverage': signed(1, (params) => {
      const { symbol, leverage } = parseParams(leverageParams, params);
      const { id } = entry.instrument(symbol);
      if (leverage < 1 || leverage > MAX_LEVERAGE) throw refusal(-4028);
      account.settings[id].leverage = leverage;
      return { leverage, maxNotionalValue: MAX_NOTIONAL, symbol };
    }),
    'POST /fapi/v1/marginType': signed(1, (params) => {
      const { symbol, marginType } = parseParams(marginTypeParams, params);
      const { id } = entry.instrument(symbol);
      if (account.settings[id].marginType === marginType) throw refusal(-4046);
      if (book.openOrdersOf(id).length + book.openAlgosOf(id).length > 0) throw refusal(-4047);
      if (account.position(id) !== 0) throw refusal(-4048);
      account.settings[id].marginType = marginType;
      return SUCCESS;
    }),
    'GET /fapi/v1/positionSide/dual': signed(30, () => ({ dualSidePosition: false })),
    'POST /fapi/v1/positionSide/dual': signed(1, (params) => {
      // One-way mode is the only one there is.
      throw refusal(parseParams(dualParams, params).dualSidePosition === 'true' ? -1020 : -4059);
    }),
    'GET /fapi/v1/multiAssetsMargin': signed(30, () => ({ multiAssetsMargin: false })),
    'GET /fapi/v1/symbolConfig': signed(5, (params) =>
      instrumentsOf(context, parseParams(maybeSymbol, params).symbol).map(({ id, symbol }) => ({
        symbol,
        ...account.settings[id],
        isAutoAddMargin: false,
        maxNotionalValue: MAX_NOTIONAL,
      })),
    ),
    'GET /fapi/v1/accountConfig': signed(5, () => ({
      feeTier: 0,
      canTrade: true,
      canDeposit: true,
      canWithdraw: true,
      dualSidePosition: false,
      updateTime: 0,
      multiAssetsMargin: false,
      tradeGroupId: -1,
    })),
    'GET /fapi/v1/leverageBracket': signed(1, (params) =>
      instrumentsOf(context, parseParams(maybeSymbol, params).symbol).map(({ symbol }) => ({
        symbol,
        notionalCoef: 1,
        brackets: [
          {
            bracket: 1,
            initialLeverage: MAX_LEVERAGE,
            notionalCap: Number(MAX_NOTIONAL),
            notionalFloor: 0,
            maintMarginRatio: MAINTENANCE_RATE,
            cum: 0,
          },
        ],
      })),
    ),
    'POST /fapi/v1/listenKey': { weight: 1, security: 'key', handle: () => ({ listenKey: context.listenKeys.open() }) },
    'PUT /fapi/v1/listenKey': { weight: 1, security: 'key', handle: () => ({ listenKey: context.listenKeys.keepAlive() }) },
    'DELETE /fapi/v1/listenKey': {
      weight: 1,
      security: 'key',
      handle: () => {
        context.listenKeys.close();
        return {};
      },
    },
  };
}
