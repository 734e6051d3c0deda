import type { CancelReason, Lots, PositionSide } from '@orrery/core';
import type { LiveOrder } from './live-order.ts';

/** What has to happen to another order. */
export type Consequence =
  /** A child goes to work for what its parent has filled. */
  | { readonly kind: 'rouse'; readonly order: LiveOrder; readonly parent: LiveOrder }
  /** It is taken back: at the venue, or here when it never got there. */
  | { readonly kind: 'cancel'; readonly order: LiveOrder; readonly reason: CancelReason };

/**
 * What follows from a fill, in the order of the orders' ids (ORD-7, ORD-8): children wake, or go when nothing is left to guard;
 * siblings go; exits of a position that was closed or flipped go.
 * @param open the instrument's orders that have not ended, without `filled` if it has
 */
export function afterFill(filled: LiveOrder, open: readonly LiveOrder[], before: Lots, after: Lots): readonly Consequence[] {
  const { orderId, parent } = filled.command;
  const isClosed = hasClosed(before, after);
  const consequences: Consequence[] = [];
  for (const order of open) {
    const its = order.command.parent;
    // A parent that was filled in parts is not filled further once an exit of it has gone off.
    if (order.command.orderId === parent) consequences.push({ kind: 'cancel', order, reason: 'other_filled' });
    if (its === null || order === filled) continue;
    if (its === orderId) {
      if (!order.isAsleep) continue;
      if (after === 0) consequences.push({ kind: 'cancel', order, reason: 'position_closed' });
      else consequences.push({ kind: 'rouse', order, parent: filled });
    } else if (its === parent) consequences.push({ kind: 'cancel', order, reason: 'other_filled' });
    else if (isClosed && !order.isAsleep && order.positionSide === filled.positionSide)
      consequences.push({ kind: 'cancel', order, reason: 'position_closed' });
  }
  return consequences;
}

/** The exits of a position that the venue closed by itself. */
export function afterClosing(
  side: PositionSide,
  open: readonly LiveOrder[],
  before: Lots,
  after: Lots,
  reason: CancelReason,
): readonly Consequence[] {
  if (!hasClosed(before, after)) return [];
  const exits = open.filter((order) => order.command.parent !== null && !order.isAsleep && order.positionSide === side);
  return exits.map((order) => ({ kind: 'cancel', order, reason }));
}

/** Closed or flipped. */
function hasClosed(before: Lots, after: Lots): boolean {
  return before !== 0 && (after === 0 || after > 0 !== before > 0);
}

/** The sleeping children of an order that has ended: they have nothing to wait for (ORD-2). */
export function orphans(ended: LiveOrder, open: readonly LiveOrder[]): readonly LiveOrder[] {
  return open.filter((order) => order.isAsleep && order.command.parent === ended.command.orderId);
}
