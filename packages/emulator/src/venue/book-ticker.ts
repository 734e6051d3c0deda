import { formatPrice, formatQuantity, type Instrument, type Lots, type Ticks } from '@orrery/core';

/** Lots on each side of a book that nobody has: enough for any order. */
const BOOK_LOTS = 1_000_000 as Lots;

/** A book of one level on each side: the last price, and a tick above it. */
export function bookTicker(
  instrument: Instrument,
  last: Ticks,
  time: number,
): { readonly [K in 'symbol' | 'bidPrice' | 'bidQty' | 'askPrice' | 'askQty']: string } & {
  readonly time: number;
  readonly lastUpdateId: number;
} {
  const quantity = formatQuantity(instrument, BOOK_LOTS);
  return {
    symbol: instrument.symbol,
    bidPrice: formatPrice(instrument, last),
    bidQty: quantity,
    askPrice: formatPrice(instrument, (last + 1) as Ticks),
    askQty: quantity,
    time,
    lastUpdateId: 1,
  };
}
