import { z } from 'zod';
import { neededWholeParam, parseParams, symbolParam, textParam } from '../http/params.ts';
import type { Route, Routes } from '../http/route.ts';
import { MAINTENANCE_RATE, MAX_LEVERAGE } from '../venue/account.ts';
import { MAX_NOTIONAL } from '../venue/account-answers.ts';
import { refusal } from '../venue/venue-error.ts';
import { instrumentsOf, type RouteContext } from './context.ts';

const maybeSymbol = z.object({ symbol: textParam });
const leverageParams = z.object({ symbol: symbolParam, leverage: neededWholeParam });
const marginTypeParams = z.object({ symbol: symbolParam, marginType: z.enum(['CROSSED', 'ISOLATED']) });
const dualParams = z.object({ dualSidePosition: z.enum(['true', 'false']) });
const SUCCESS = { code: 200, msg: 'success' } as const;

/** How the account trades each symbol. */
export function settingRoutes(context: RouteContext): Routes {
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
  };
}
