import { formatDecimal, formatSats, type Instrument, type Sats } from '@orrery/core';
import { z } from 'zod';
import { neededWholeParam, parseParams, symbolParam, textParam } from '../http/params.ts';
import type { Route, Routes } from '../http/route.ts';
import { maxNotionalText } from '../venue/account-answers.ts';
import { refusal, VenueError } from '../venue/venue-error.ts';
import { instrumentsOf, type RouteContext } from './context.ts';

const maybeSymbol = z.object({ symbol: textParam });
const leverageParams = z.object({ symbol: symbolParam, leverage: neededWholeParam });
const marginTypeParams = z.object({ symbol: symbolParam, marginType: z.enum(['CROSSED', 'ISOLATED']) });
const dualParams = z.object({ dualSidePosition: z.enum(['true', 'false']) });
const SUCCESS = { code: 200, msg: 'success' } as const;

/** How the account trades each symbol. */
export function settingRoutes(context: RouteContext): Routes {
  const { exchange, entry } = context;
  const { account } = exchange;
  const signed = (weight: Route['weight'], handle: Route['handle']): Route => ({ weight, security: 'signed', handle });
  return {
    'POST /fapi/v1/leverage': signed(1, (params) => {
      const { symbol, leverage } = parseParams(leverageParams, params);
      const instrument = entry.instrument(symbol);
      entry.setLeverage(instrument, leverage);
      return { leverage, maxNotionalValue: maxNotionalText(account, instrument), symbol };
    }),
    'POST /fapi/v1/marginType': signed(1, (params) => {
      const { symbol, marginType } = parseParams(marginTypeParams, params);
      setMarginType(context, entry.instrument(symbol), marginType === 'ISOLATED');
      return SUCCESS;
    }),
    'GET /fapi/v1/positionSide/dual': signed(30, () => ({ dualSidePosition: account.isHedged })),
    'POST /fapi/v1/positionSide/dual': signed(1, (params) => {
      const hedgeMode = parseParams(dualParams, params).dualSidePosition === 'true';
      if (hedgeMode === account.isHedged) throw refusal(-4059);
      if (exchange.isOrdered) throw refusal(-4067);
      if (exchange.isHolding) throw refusal(-4068);
      exchange.switchMode({ hedgeMode });
      return SUCCESS;
    }),
    'GET /fapi/v1/multiAssetsMargin': signed(30, () => ({ multiAssetsMargin: false })),
    'GET /fapi/v1/symbolConfig': signed(5, (params) =>
      instrumentsOf(context, parseParams(maybeSymbol, params).symbol).map((instrument) => ({
        symbol: instrument.symbol,
        marginType: account.isIsolated ? 'ISOLATED' : 'CROSSED',
        isAutoAddMargin: false,
        leverage: account.leverageOf(instrument.id),
        maxNotionalValue: maxNotionalText(account, instrument),
      })),
    ),
    'GET /fapi/v1/accountConfig': signed(5, () => ({
      feeTier: 0,
      canTrade: true,
      canDeposit: true,
      canWithdraw: true,
      dualSidePosition: account.isHedged,
      updateTime: 0,
      multiAssetsMargin: false,
      tradeGroupId: -1,
    })),
    'GET /fapi/v1/leverageBracket': signed(1, (params) =>
      instrumentsOf(context, parseParams(maybeSymbol, params).symbol).map((instrument) => ({
        symbol: instrument.symbol,
        notionalCoef: 1,
        brackets: bracketRows(instrument),
      })),
    ),
  };
}

/** The simulated venue keeps one margin type for the whole account: a change is for all symbols, and only while nothing is held or ordered. */
function setMarginType({ exchange }: RouteContext, { id }: Instrument, isIsolated: boolean): void {
  const { account, book } = exchange;
  if (account.isIsolated === isIsolated) throw refusal(-4046);
  if (book.openOrdersOf(id).length + book.openAlgosOf(id).length > 0) throw refusal(-4047);
  if (account.isHolding(id)) throw refusal(-4048);
  if (exchange.isOrdered || exchange.isHolding) {
    throw new VenueError(
      -1020,
      'This operation is not supported: here all symbols have one margin type; close the positions and orders of the others first.',
    );
  }
  exchange.switchMode({ marginMode: isIsolated ? 'isolated' : 'cross' });
}

function bracketRows({ brackets }: Instrument): readonly Readonly<Record<string, number>>[] {
  const { floor, cap, rateE8, cum, leverage } = brackets;
  const usdt = (sats: number): number => Number(formatSats(sats as Sats));
  return Array.from(floor, (_, k) => ({
    bracket: k + 1,
    initialLeverage: leverage[k],
    notionalCap: usdt(cap[k]),
    notionalFloor: usdt(floor[k]),
    maintMarginRatio: Number(formatDecimal(rateE8[k], 8)),
    cum: usdt(cum[k]),
  }));
}
