import type { CancelReason, Instrument, Lots, SubmitOrder } from '@orrery/core';
import { clientOrderId } from './client-order-id.ts';
import type { KnownOrder } from './execution-gateway.ts';
import { OrderTracker, type TrackedStart } from './order-tracker.ts';

/** An order of the session, as the gateway follows it. */
export interface LiveOrder {
  readonly command: SubmitOrder;
  readonly instrument: Instrument;
  readonly clientId: string;
  readonly tracker: OrderTracker;
  /** Which of the venue's two kinds it is: conditional orders have endpoints and ids of their own. */
  route: 'order' | 'algo';
  /** What is sent: less than the command says where the parent filled less. */
  qty: Lots;
  /** Sleeps until its parent has filled. */
  isAsleep: boolean;
  /** It may be at the venue, and that is not known yet. */
  mayExist: boolean;
  /** Until then a request that was sent before may still be accepted; `performance.now()`, ms. */
  acceptableUntil: number;
  /** Id of the order in the matching engine; a conditional order has none before it was triggered. */
  venueId: string | null;
  /** Why its end was asked for, or null. */
  cancelReason: CancelReason | null;
  /** Ended by a fact, whoever said so. */
  isEnded: boolean;
  /** What is being done about it, one thing at a time. */
  queue: Promise<void>;
  /** Missing trades are being asked for. */
  isCatchingUp: boolean;
}

const NEW: TrackedStart = { isAccepted: false, fills: 0, filled: 0 };

/** An order that the core has just asked for. */
export function newOrder(tag: string, instrument: Instrument, command: SubmitOrder): LiveOrder {
  return liveOrder(tag, instrument, { command, ...NEW, mayHaveBeenSent: false }, null);
}

/** An order from before this process. @param acceptableUntil until when its request may still be accepted */
export function knownOrder(tag: string, instrument: Instrument, known: KnownOrder, acceptableUntil: number): LiveOrder {
  return liveOrder(tag, instrument, known, acceptableUntil);
}

function liveOrder(tag: string, instrument: Instrument, known: KnownOrder, acceptableUntil: number | null): LiveOrder {
  const { command } = known;
  const isRemembered = acceptableUntil !== null;
  const { orderType } = command;
  return {
    command,
    instrument,
    clientId: clientOrderId(tag, command.orderId),
    tracker: new OrderTracker(command.qty, known),
    route: orderType === 'market' || orderType === 'limit' ? 'order' : 'algo',
    qty: command.qty,
    isAsleep: command.parent !== null && !known.isAccepted,
    // A child of before may have been sent when its parent filled, and the journal does not say so.
    mayExist: known.mayHaveBeenSent || known.isAccepted || (isRemembered && command.parent !== null),
    acceptableUntil: acceptableUntil ?? 0,
    venueId: null,
    cancelReason: null,
    isEnded: false,
    queue: Promise.resolve(),
    isCatchingUp: false,
  };
}
