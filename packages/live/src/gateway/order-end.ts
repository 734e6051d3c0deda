import type { ExpireReason, Fact, OrderId } from '@orrery/core';
import { isClosing, type LiveOrder } from './live-order.ts';
import type { EndCause, TrackedEvent } from './order-tracker.ts';

type End = Extract<TrackedEvent, { kind: 'canceled' | 'expired' }>;
type Head = Pick<Extract<Fact, { orderId: OrderId }>, 'ts' | 'instrument' | 'orderId'>;

/** The venue keeps whole seconds of a goodTillDate (BINANCE USDⓈ-M, POST /fapi/v1/order). */
const SECOND = 1000;

/**
 * The fact that an end is to the core. The venue has two words for it, canceled and expired, and does not keep them apart as the
 * core does: what it took back by itself is expired there, and an order that ran out may be canceled.
 * @param around what else happened to the symbol at that time, where the end itself gives no cause
 */
export function endOf(order: LiveOrder, event: End, head: Head, around: EndCause | null): Fact {
  const { cancelReason, amending } = order;
  const cause = event.cause ?? (cancelReason === null && !isImmediate(order) ? around : null);
  if (cause === 'liquidation' || cause === 'delisted') return { type: 'OrderCanceled', ...head, reason: cause };
  if (cancelReason === null && hasRunOut(order, event)) return { type: 'OrderExpired', ...head, reason: 'good_till_date' };
  const isForced = cancelReason === 'liquidation' || cancelReason === 'delisted';
  if (event.kind === 'canceled' || isForced || (amending !== null && cause === null))
    return { type: 'OrderCanceled', ...head, reason: cancelReason ?? (amending === null ? 'venue' : 'amended_away') };
  return { type: 'OrderExpired', ...head, reason: expiry(order, cause) };
}

function hasRunOut({ command }: LiveOrder, { time }: End): boolean {
  const date = command.timeInForce === 'gtd' && command.parent === null ? (command.terms?.goodTillDate ?? null) : null;
  return date !== null && time >= Math.floor(date / SECOND) * SECOND;
}

/** A market or immediate order ends when nothing was on offer, a closing one when there is nothing to close. */
function expiry(order: LiveOrder, cause: Exclude<EndCause, 'liquidation' | 'delisted'> | null): ExpireReason {
  const { command } = order;
  if (cause !== null) return cause;
  if (isClosing(command)) return 'position_gone';
  return isImmediate(order) || command.timeInForce === 'gtx' ? 'not_filled' : 'venue';
}

/** Whether it takes what is there and never rests. */
function isImmediate({ command: { orderType, timeInForce, parent } }: LiveOrder): boolean {
  return orderType === 'market' || (parent === null && (timeInForce === 'ioc' || timeInForce === 'fok'));
}
