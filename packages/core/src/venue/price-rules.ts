import { isRising } from '../order/order-kind.ts';
import type { CandleTicks } from './candle-ticks.ts';
import { kindOf, type WorkingOrder } from './working-order.ts';
import type { VenueAssumptions } from './assumptions.ts';

const E8 = 100_000_000;

/**
 * The price before slippage at which an order fills when the traded price is `at`, or null (FILL-1 to FILL-4, FILL-11): a market
 * order there and then; a limit when the price is better than it (with `touch` also when it is equal). Not for triggers.
 */
export function immediatePrice(order: WorkingOrder, at: number, isTouchEnough: boolean): number | null {
  switch (kindOf(order)) {
    case 'market':
      return at;
    case 'limit': {
      const better = order.sign * (order.price - at);
      return better > 0 || (isTouchEnough && better === 0) ? at : null;
    }
    case 'trigger':
    case 'trailing':
      return null;
    default:
      throw new RangeError('unknown kind of order');
  }
}

/** Whether a stop or take-profit goes off at this working price; never for other orders. */
export function isTriggeredAt({ command }: WorkingOrder, level: number, at: number): boolean {
  return isRising(command.orderType, command.side) ? at >= level : at <= level;
}

/** Where on the way from `at` to `to` a resting limit is met, or null: the price has to go through it, or with `touch` to reach it. */
export function limitHit({ sign, price }: WorkingOrder, at: number, to: number, isTouchEnough: boolean): number | null {
  // With touch several may wait at the very end of the way, which the first of them has brought the price to.
  if (sign > 0) return (isTouchEnough ? to <= at && to <= price : to < at && to < price) ? Math.min(at, price) : null;
  return (isTouchEnough ? to >= at && to >= price : to > at && to > price) ? Math.max(at, price) : null;
}

/** Where on the way from `at` to `to` a trigger at `level` is met, or null; a touch is enough. */
export function triggerHit(order: WorkingOrder, level: number, at: number, to: number): number | null {
  if (!isTriggeredAt(order, level, to)) return null;
  return isRising(order.command.orderType, order.command.side) ? Math.max(at, level) : Math.min(at, level);
}

/** Where a trailing stop goes off, given its best price since; rounded away from that price, to a whole `tick` (FILL-14). */
export function trailingLevel({ sign, best, command }: WorkingOrder, tick: number): number {
  const back = best * (1 + (sign * (command.terms?.callbackRate ?? 0)) / E8);
  return sign > 0 ? Math.ceil(snapped(back / tick)) * tick : Math.floor(snapped(back / tick)) * tick;
}

/** The price of something that takes: slippage, half the spread and impact, whole ticks, inside the candle (FILL-5, FILL-9). */
export function takerPrice(
  sign: 1 | -1,
  reference: number,
  share: number,
  { slippage, halfSpread, impact }: VenueAssumptions,
  candle: CandleTicks,
): number {
  const rate = slippage + halfSpread + (impact === 0 ? 0 : impact * Math.min(1, Math.sqrt(share)));
  if (rate === 0) return reference;
  const move = Math.ceil(snapped((reference * rate) / E8));
  return sign > 0 ? Math.min(candle.high, reference + move) : Math.max(candle.low, reference - move);
}

/** A price between ticks, to a whole tick against who buys (+1) or sells (−1). */
export function againstSide(sign: 1 | -1, price: number): number {
  return sign > 0 ? Math.ceil(snapped(price)) : Math.floor(snapped(price));
}

/** A whole number that arithmetic missed by its last bits is that number. */
function snapped(x: number): number {
  const whole = Math.round(x);
  return Math.abs(x - whole) < 1e-6 ? whole : x;
}
