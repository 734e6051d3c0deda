import type { AmendOrder, AmendReason, CancelOrder } from '../messages.ts';
import type { Lane } from './lane.ts';
import type { LaneOrders } from './lane-orders.ts';
import type { WalkEvent } from './walk-event.ts';

/** A cancellation or amendment on its way to the venue (LAT-1). */
export class PendingChange {
  readonly command: CancelOrder | AmendOrder;
  /** When it gets there, ms UTC. */
  readonly arrival: number;
  /** Why the amendment will be refused, or null. */
  readonly #problem: (command: AmendOrder) => AmendReason | null;

  constructor(command: CancelOrder | AmendOrder, arrival: number, problem: (command: AmendOrder) => AmendReason | null) {
    this.command = command;
    this.arrival = arrival;
    this.#problem = problem;
  }

  /** Carries it out on a lane, where its order is still there. */
  apply(lane: Lane, orders: LaneOrders, events: WalkEvent[]): void {
    const { command } = this;
    const order = lane.book.find((other) => other.command.orderId === command.orderId);
    if (order === undefined) return;
    if (command.type === 'CancelOrder') {
      orders.end({ kind: 'canceled', order, reason: 'requested' });
      return;
    }
    const reason = this.#problem(command);
    if (reason !== null) {
      events.push({ kind: 'amend-rejected', order, reason });
      return;
    }
    if (command.qty <= order.filled) {
      orders.end({ kind: 'canceled', order, reason: 'amended_away' });
      return;
    }
    const amended = { ...order, price: command.price, left: command.qty - order.filled, isResting: false, arrival: -Infinity };
    lane.replace(order, amended);
    events.push({ kind: 'amended', order: amended, qty: command.qty, price: command.price });
    orders.arrive(amended);
  }
}
