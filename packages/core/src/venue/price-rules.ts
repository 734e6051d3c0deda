import type { CandleTicks } from './candle-ticks.ts';
import type { WorkingOrder } from './working-order.ts';

const E8 = 100_000_000;

/**
 * The price before slippage at which the open fills an order, or null (FILL-1 to FILL-4): a market order there and then; a
 * limit when the open is strictly better than it; a stop or take-profit when the open is at or beyond its trigger.
 */
export function openPrice(order: WorkingOrder, open: number): number | null {
  const { orderType, price } = order.command;
  if (orderType === 'market') return open;
  if (orderType === 'limit') return price !== null && (order.sign > 0 ? open < price : open > price) ? open : null;
  return isTriggeredAt(order, open) ? open : null;
}

/** Whether a stop or take-profit goes off at this price; never for other orders. */
export function isTriggeredAt(order: WorkingOrder, at: number): boolean {
  const { orderType, trigger } = order.command;
  if (trigger === null) return false;
  const isRising = orderType === 'stop_market' ? order.sign > 0 : order.sign < 0;
  return isRising ? at >= trigger : at <= trigger;
}

/**
 * Where on the way from `at` to `to` an order is met, or null. A limit needs the price to go through it, a trigger is
 * met by a touch.
 */
export function hitPrice(order: WorkingOrder, at: number, to: number): number | null {
  const { orderType, price, trigger } = order.command;
  if (orderType === 'market') return null;
  if (orderType === 'limit') {
    if (price === null) return null;
    if (order.sign > 0) return to < at && to < price ? Math.min(at, price) : null;
    return to > at && to > price ? Math.max(at, price) : null;
  }
  if (trigger === null || !isTriggeredAt(order, to)) return null;
  const isRising = orderType === 'stop_market' ? order.sign > 0 : order.sign < 0;
  return isRising ? Math.max(at, trigger) : Math.min(at, trigger);
}

/** The adverse move: at least the rate, in whole ticks, and never outside what the candle traded (FILL-5). */
export function slipped(sign: 1 | -1, reference: number, rateE8: number, candle: CandleTicks): number {
  if (rateE8 === 0) return reference;
  const move = Math.ceil((reference * rateE8) / E8);
  return sign > 0 ? Math.min(candle.high, reference + move) : Math.max(candle.low, reference - move);
}
