import type { AmendReason, CancelReason, ExpireReason, Fact, LiquidationCause, RejectReason } from '../messages.ts';
import { InvariantError } from '../engine/invariant.ts';
import type { EpochMs, InstrumentId, Lots, PriceE8, Sats, Ticks } from '../units.ts';
import type { WorkingOrder } from './working-order.ts';

/** What happened to one order, or to one position, inside a candle. */
export type WalkEvent =
  | { readonly kind: 'accepted'; readonly order: WorkingOrder }
  | { readonly kind: 'rejected'; readonly order: WorkingOrder; readonly reason: RejectReason }
  | { readonly kind: 'expired'; readonly order: WorkingOrder; readonly reason: ExpireReason }
  | { readonly kind: 'canceled'; readonly order: WorkingOrder; readonly reason: CancelReason }
  | { readonly kind: 'amended'; readonly order: WorkingOrder; readonly qty: Lots; readonly price: Ticks }
  | { readonly kind: 'amend-rejected'; readonly order: WorkingOrder; readonly reason: AmendReason }
  | {
      readonly kind: 'filled';
      readonly order: WorkingOrder;
      readonly fill: number;
      readonly qty: Lots;
      readonly price: Ticks;
      readonly reference: Ticks;
      readonly fee: Sats;
      readonly isMaker: boolean;
      readonly isDone: boolean;
    }
  | {
      readonly kind: 'liquidated';
      readonly instrument: InstrumentId;
      readonly cause: LiquidationCause;
      readonly positionSide: 'both' | 'long' | 'short';
      readonly qty: Lots;
      readonly price: Ticks;
      readonly mark: PriceE8;
      readonly fee: Sats;
      readonly absorbed: Sats;
    };

/** The fact that tells of it. */
export function factOf(event: WalkEvent, ts: EpochMs): Fact {
  if (event.kind === 'liquidated') {
    const { instrument, cause, positionSide, qty, price, mark, fee, absorbed } = event;
    return { type: 'PositionLiquidated', ts, instrument, cause, positionSide, qty, price, mark, fee, absorbed };
  }
  const { instrument, orderId } = event.order.command;
  switch (event.kind) {
    case 'accepted':
      return { type: 'OrderAccepted', ts, instrument, orderId };
    case 'rejected':
      return { type: 'OrderRejected', ts, instrument, orderId, reason: event.reason };
    case 'expired':
      return { type: 'OrderExpired', ts, instrument, orderId, reason: event.reason };
    case 'canceled':
      return { type: 'OrderCanceled', ts, instrument, orderId, reason: event.reason };
    case 'amended':
      return { type: 'OrderAmended', ts, instrument, orderId, qty: event.qty, price: event.price };
    case 'amend-rejected':
      return { type: 'AmendRejected', ts, instrument, orderId, reason: event.reason };
    case 'filled': {
      const { fill, qty, price, reference, fee, isMaker, isDone } = event;
      return { type: 'OrderFilled', ts, instrument, orderId, fill, qty, price, reference, fee, isMaker, isDone };
    }
    default:
      throw new InvariantError(`unknown event ${String(event satisfies never)}`);
  }
}
