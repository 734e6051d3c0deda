import { formatDecimal, type Instrument, type SymbolFilters } from '@orrery/core';
import type { RequestLimits } from '../options.ts';
import type { MarketBoard } from './market-board.ts';
import { MAX_PRICE_TICKS } from './order-request.ts';

type Json = Readonly<Record<string, unknown>>;

/** GET /fapi/v1/exchangeInfo: the market's filters in the venue's words. */
export function exchangeInfo(board: MarketBoard, limits: RequestLimits, serverTime: number): Json {
  return {
    timezone: 'UTC',
    serverTime,
    futuresType: 'U_MARGINED',
    rateLimits: [
      { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: limits.weightPerMinute },
      { rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: limits.ordersPerMinute },
      { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: limits.ordersPerTenSeconds },
    ],
    exchangeFilters: [],
    assets: [{ asset: 'USDT', marginAvailable: true, autoAssetExchange: '-10000' }],
    symbols: board.instruments.map((instrument) => symbolEntry(board, instrument)),
  };
}

function symbolEntry(board: MarketBoard, instrument: Instrument): Json {
  const { symbol, tick, step, id } = instrument;
  const filters = board.market.filters[id];
  const { tickSize, stepSize, minQty, maxQty, marketMaxQty, minNotional, triggerProtect, marketTakeBound } = filters;
  const price = (ticks: number): string => formatDecimal(ticks * tick.units, tick.decimals);
  return {
    symbol,
    pair: symbol,
    contractType: 'PERPETUAL',
    deliveryDate: 4_133_404_800_000,
    onboardDate: board.market.datasetSymbols[id]?.first ?? 0,
    status: 'TRADING',
    maintMarginPercent: '2.5000',
    requiredMarginPercent: '5.0000',
    baseAsset: symbol.replace(/USDT$/, ''),
    quoteAsset: 'USDT',
    marginAsset: 'USDT',
    pricePrecision: tick.decimals,
    quantityPrecision: step.decimals,
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: 'COIN',
    underlyingSubType: [],
    ...(triggerProtect === undefined ? {} : { triggerProtect }),
    liquidationFee: formatDecimal(instrument.liquidationFee, 8).replace(/0{2}$/, ''),
    ...(marketTakeBound === undefined ? {} : { marketTakeBound }),
    maxMoveOrderLimit: 10_000,
    filters: [
      {
        filterType: 'PRICE_FILTER',
        minPrice: filters.minPrice ?? price(1),
        maxPrice: filters.maxPrice ?? price(MAX_PRICE_TICKS),
        tickSize,
      },
      { filterType: 'LOT_SIZE', minQty, maxQty, stepSize },
      { filterType: 'MARKET_LOT_SIZE', minQty, maxQty: marketMaxQty, stepSize },
      { filterType: 'MAX_NUM_ORDERS', limit: instrument.maxNumOrders },
      { filterType: 'MIN_NOTIONAL', notional: minNotional },
      ...percentPrice(filters),
      { filterType: 'POSITION_RISK_CONTROL', positionControlSide: 'NONE' },
    ],
    orderTypes: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX', 'GTD'],
    permissionSets: [],
  };
}

/** PERCENT_PRICE, where the data say anything about it. */
function percentPrice({ multiplierUp, multiplierDown }: SymbolFilters): readonly Json[] {
  if (multiplierUp === undefined && multiplierDown === undefined) return [];
  return [
    { filterType: 'PERCENT_PRICE', multiplierUp: multiplierUp ?? '1000', multiplierDown: multiplierDown ?? '0', multiplierDecimal: '4' },
  ];
}
