import type { SymbolFilters } from '@orrery/core';

/** A symbol's filters from its entry in exchangeInfo. @throws RangeError when one is missing: nothing may be guessed. */
export function symbolFilters(symbol: string, filters: readonly Readonly<Record<string, unknown>>[]): SymbolFilters {
  const field = (type: string, name: string): string => {
    const value = filters.find(({ filterType }) => filterType === type)?.[name];
    if (typeof value !== 'string') throw new RangeError(`exchangeInfo: ${symbol} has no ${type}.${name}`);
    return value;
  };
  return {
    symbol,
    tickSize: field('PRICE_FILTER', 'tickSize'),
    stepSize: field('LOT_SIZE', 'stepSize'),
    minQty: field('LOT_SIZE', 'minQty'),
    maxQty: field('LOT_SIZE', 'maxQty'),
    marketMaxQty: field('MARKET_LOT_SIZE', 'maxQty'),
    minNotional: field('MIN_NOTIONAL', 'notional'),
  };
}
