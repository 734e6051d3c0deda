import type { SymbolFilters } from '@orrery/core';
import type { ExchangeSymbol } from '../exchange/rest-schemas.ts';

/** A symbol's filters from its entry in exchangeInfo. @throws RangeError when one of the first six is missing: nothing may be guessed. */
export function symbolFilters({ symbol, filters, triggerProtect, marketTakeBound, liquidationFee }: ExchangeSymbol): SymbolFilters {
  const find = (type: string, name: string): unknown => filters.find(({ filterType }) => filterType === type)?.[name];
  const field = (type: string, name: string): string => {
    const value = find(type, name);
    if (typeof value !== 'string') throw new RangeError(`exchangeInfo: ${symbol} has no ${type}.${name}`);
    return value;
  };
  const maxNumOrders = find('MAX_NUM_ORDERS', 'limit');
  return {
    symbol,
    tickSize: field('PRICE_FILTER', 'tickSize'),
    stepSize: field('LOT_SIZE', 'stepSize'),
    minQty: field('LOT_SIZE', 'minQty'),
    maxQty: field('LOT_SIZE', 'maxQty'),
    marketMaxQty: field('MARKET_LOT_SIZE', 'maxQty'),
    minNotional: field('MIN_NOTIONAL', 'notional'),
    ...(typeof maxNumOrders === 'number' ? { maxNumOrders } : {}),
    ...given({
      minPrice: find('PRICE_FILTER', 'minPrice'),
      maxPrice: find('PRICE_FILTER', 'maxPrice'),
      multiplierUp: find('PERCENT_PRICE', 'multiplierUp'),
      multiplierDown: find('PERCENT_PRICE', 'multiplierDown'),
      triggerProtect,
      marketTakeBound,
      liquidationFee,
    }),
  };
}

type Optional = 'minPrice' | 'maxPrice' | 'multiplierUp' | 'multiplierDown' | 'triggerProtect' | 'marketTakeBound' | 'liquidationFee';

/** Those that are there. */
function given(fields: Readonly<Record<Optional, unknown>>): Partial<Record<Optional, string>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'string' && Number(value) > 0));
}
