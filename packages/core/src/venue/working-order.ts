import { isClosingSide, sideOfTerms } from '../ledger/slots.ts';
import { hasLimit } from '../order/order-kind.ts';
import type { SubmitOrder } from '../messages.ts';

/** An order on the simulated venue's side. Orders are never changed in place, so that two paths can be tried from one book. */
export interface WorkingOrder {
  readonly command: SubmitOrder;
  /** +1 buys, −1 sells. */
  readonly sign: 1 | -1;
  /** Which of the instrument's positions it works on: 1 is the short of hedge mode, 0 any other. */
  readonly leg: 0 | 1;
  /** Only ever makes its position smaller (ORD-3, POS-2, FILL-16). */
  readonly isReducing: boolean;
  /** Asleep behind its parent. */
  readonly isDormant: boolean;
  /** Met a candle before this one; a newcomer meets the price of its arrival. */
  readonly isResting: boolean;
  /** Its trigger was met: from then on it is a market or a limit order. */
  readonly isTriggered: boolean;
  /** The client knows that it stands: it can no longer be rejected. */
  readonly isAccepted: boolean;
  /** When it reaches the venue, ms UTC; −Infinity without latency (LAT-1). */
  readonly arrival: number;
  /** When it expires, ms UTC (FILL-17). */
  readonly expires: number;
  /** Limit price of a limit order, amended or not. */
  readonly price: number;
  /** Lots that are not filled; a closePosition order has none of its own. */
  readonly left: number;
  readonly filled: number;
  /** Fills so far. */
  readonly fills: number;
  /** Best working price since a trailing stop was activated; NaN before. In ticks, or in quote units where it looks at the mark. */
  readonly best: number;
}

/** A gtc order may rest for a year (BINANCE USDⓈ-M, timeInForce GTC). */
const LONGEST_MS = 365 * 86_400_000;

export function workingOrder(command: SubmitOrder, arrival: number = -Infinity, isAccepted: boolean = false): WorkingOrder {
  const { terms, side, parent, qty, reduceOnly, ts } = command;
  const positionSide = sideOfTerms(terms);
  return {
    command,
    sign: side === 'buy' ? 1 : -1,
    leg: positionSide === 'short' ? 1 : 0,
    isReducing: reduceOnly || (terms !== null && (terms.closePosition || isClosingSide(positionSide, side))),
    isDormant: parent !== null,
    isResting: false,
    isTriggered: false,
    isAccepted,
    arrival,
    expires: terms?.goodTillDate ?? ts + LONGEST_MS,
    price: command.price ?? NaN,
    left: qty,
    filled: 0,
    fills: 0,
    best: NaN,
  };
}

/** How an order meets prices at this moment of its life. */
export type OrderKind = 'market' | 'limit' | 'trigger' | 'trailing';

export function kindOf({ command: { orderType }, isTriggered }: WorkingOrder): OrderKind {
  if (orderType === 'market' || orderType === 'limit') return orderType;
  if (isTriggered) return hasLimit(orderType) ? 'limit' : 'market';
  return orderType === 'trailing_stop_market' ? 'trailing' : 'trigger';
}

/** Whether the order must not take. Only a limit order of its own can be post-only: a stop takes by its nature, a child works as gtc. */
export function isPostOnly(command: SubmitOrder): boolean {
  return command.timeInForce === 'gtx' && command.orderType === 'limit' && command.parent === null;
}

/** Whether the order fills whole on arrival or is refused. */
export function isFillOrKill(command: SubmitOrder): boolean {
  return command.timeInForce === 'fok' && command.orderType === 'limit' && command.parent === null;
}

/** Whether the order ends on arrival if it finds nothing, as a limit order of its own or from its trigger on. */
export function isImmediate({ timeInForce, orderType, parent }: SubmitOrder): boolean {
  return (timeInForce === 'ioc' || timeInForce === 'fok') && hasLimit(orderType) && parent === null;
}

/** Whether a conditional order looks at the mark price. */
export function looksAtMark({ terms }: SubmitOrder): boolean {
  return terms !== null && terms.workingType === 'mark_price';
}
