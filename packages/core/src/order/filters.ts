import { notionalSats, type Instrument } from '../market/instrument.ts';
import type { OrderType, Side } from '../messages.ts';
import type { Lots, Ticks } from '../units.ts';
import { hasLimit } from './order-kind.ts';

/** Which of a symbol's filters an order breaks. */
export type FilterProblem = 'below_min_quantity' | 'above_max_quantity' | 'price_out_of_range' | 'price_band' | 'below_min_notional';

/** What the filters look at. */
export interface FilteredOrder {
  readonly side: Side;
  readonly orderType: OrderType;
  readonly qty: Lots;
  readonly price: Ticks | null;
  readonly trigger: Ticks | null;
  /** Reduce-only, or closing a whole position: exempt from the least notional. */
  readonly isReducing: boolean;
  /** A closePosition order has no quantity of its own. */
  readonly isWhole: boolean;
}

const E8 = 100_000_000;

/**
 * The symbol's filters, the same in every mode: LOT_SIZE or MARKET_LOT_SIZE, PRICE_FILTER, PERCENT_PRICE and MIN_NOTIONAL (BINANCE
 * USDⓈ-M exchangeInfo; GATE-1, GATE-2, GATE-7, GATE-8). Quantities and prices are whole lots and ticks already.
 * @param mark mark price in ticks, which may be a fraction; a market order's value is reckoned at it
 */
export function filterProblem(instrument: Instrument, order: FilteredOrder, mark: number): FilterProblem | null {
  const { qty, price, trigger, orderType, side } = order;
  const rests = hasLimit(orderType);
  if (!order.isWhole) {
    if (qty < instrument.minLots) return 'below_min_quantity';
    if (qty > (rests ? instrument.maxLots : instrument.marketMaxLots)) return 'above_max_quantity';
  }
  if (isOutOfRange(instrument, price) || isOutOfRange(instrument, trigger)) return 'price_out_of_range';
  if (orderType === 'limit' && price !== null && isOutsideBand(instrument, side, price, mark)) return 'price_band';
  if (order.isReducing || order.isWhole) return null;
  const level = price ?? trigger ?? mark;
  return notionalSats(instrument, qty, level as Ticks) < instrument.minNotional ? 'below_min_notional' : null;
}

function isOutOfRange({ minPrice, maxPrice }: Instrument, level: Ticks | null): boolean {
  return level !== null && (level < minPrice || level > maxPrice);
}

/** PERCENT_PRICE: a buy may not stand above the mark price times one multiplier, a sell not below it times the other. */
export function isOutsideBand(instrument: Instrument, side: Side, price: number, mark: number): boolean {
  return side === 'buy' ? price > (mark * instrument.multiplierUp) / E8 : price < (mark * instrument.multiplierDown) / E8;
}
