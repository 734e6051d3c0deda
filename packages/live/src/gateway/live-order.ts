import {
  isConditional,
  sideOfTerms,
  type AmendOrder,
  type CancelReason,
  type Instrument,
  type Lots,
  type PositionSide,
  type SubmitOrder,
  type Ticks,
} from '@orrery/core';
import { clientOrderId } from './client-order-id.ts';
import type { KnownOrder } from './execution-gateway.ts';
import { OrderTracker, type LimitTerms, type TrackedStart } from './order-tracker.ts';

/** An order of the session, as the gateway follows it. */
export interface LiveOrder {
  /** As the core asked for it, with what amendments have made of it. */
  command: SubmitOrder;
  readonly instrument: Instrument;
  readonly positionSide: PositionSide;
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
  /** The amendment that was sent and not settled yet, or null. */
  amending: AmendOrder | null;
  /** Every quantity and price that it has had, so that a late report of one is no news. */
  readonly limits: Set<string>;
  /** A trailing stop whose activation price the market has passed: it is active from its arrival on. */
  isActive: boolean;
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
  const { orderType, qty, price } = command;
  return {
    command,
    instrument,
    positionSide: sideOfTerms(command.terms),
    clientId: clientOrderId(tag, command.orderId),
    tracker: new OrderTracker(isClosing(command) ? Infinity : qty, known),
    route: isConditional(orderType) ? 'algo' : 'order',
    qty,
    isAsleep: command.parent !== null && !known.isAccepted,
    // A child of before may have been sent when its parent filled, and the journal does not say so.
    mayExist: known.mayHaveBeenSent || known.isAccepted || (isRemembered && command.parent !== null),
    acceptableUntil: acceptableUntil ?? 0,
    venueId: null,
    cancelReason: null,
    isEnded: false,
    queue: Promise.resolve(),
    isCatchingUp: false,
    amending: null,
    limits: new Set([limitKey({ qty, price: price ?? (0 as Ticks) })]),
    isActive: false,
  };
}

/** Whether it closes whatever position there is: then the venue decides its quantity. */
export function isClosing({ terms }: SubmitOrder): boolean {
  return terms !== null && terms.closePosition;
}

export function limitKey({ qty, price }: LimitTerms): string {
  return `${qty}@${price}`;
}
