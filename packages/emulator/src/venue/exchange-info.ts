import { formatDecimal, type Instrument } from '@orrery/core';
import type { RequestLimits } from '../options.ts';
import type { MarketBoard } from './market-board.ts';
import { MAX_OPEN_ORDERS } from './order-entry.ts';
import { MAX_PRICE_TICKS, PRICE_BAND } from './order-request.ts';

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
  const { tickSize, stepSize, minQty, maxQty, marketMaxQty, minNotional } = board.market.filters[id];
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
    triggerProtect: '0.0500',
    liquidationFee: '0.012500',
    marketTakeBound: '0.05',
    maxMoveOrderLimit: 10_000,
    filters: [
      { filterType: 'PRICE_FILTER', minPrice: price(1), maxPrice: price(MAX_PRICE_TICKS), tickSize },
      { filterType: 'LOT_SIZE', minQty, maxQty, stepSize },
      { filterType: 'MARKET_LOT_SIZE', minQty, maxQty: marketMaxQty, stepSize },
      { filterType: 'MAX_NUM_ORDERS', limit: MAX_OPEN_ORDERS },
      { filterType: 'MIN_NOTIONAL', notional: minNotional },
      {
        filterType: 'PERCENT_PRICE',
        multiplierUp: PRICE_BAND.up,
        multiplierDown: PRICE_BAND.down,
        multiplierDecimal: PRICE_BAND.decimals,
      },
      { filterType: 'POSITION_RISK_CONTROL', positionControlSide: 'NONE' },
    ],
    orderTypes: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
    permissionSets: [],
  };
}
