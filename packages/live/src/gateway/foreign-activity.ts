import type { Instrument } from '@orrery/core';
import type { OrderUpdate } from '../exchange/user-events.ts';
import type { VenueProblem } from './execution-gateway.ts';
import type { LiveOrder } from './live-order.ts';
import type { OrderBook } from './order-book.ts';
import type { VenueOrders } from './venue-orders.ts';

/** Orders that the session did not send: said once each, never adopted. */
export class ForeignActivity {
  readonly #book: OrderBook;
  readonly #venue: VenueOrders;
  readonly #onProblem: (problem: VenueProblem) => void;
  readonly #said = new Set<string>();

  constructor(book: OrderBook, venue: VenueOrders, onProblem: (problem: VenueProblem) => void) {
    this.#book = book;
    this.#venue = venue;
    this.#onProblem = onProblem;
  }

  /** Whose order an update is about: one of ours that was triggered a moment ago, or nobody's, which is said. */
  async report(instrument: Instrument, update: OrderUpdate): Promise<LiveOrder | null> {
    const { symbol, clientOrderId, orderId } = update;
    for (const order of this.#book.open(instrument.id)) if (await this.#venue.hasPlaced(order, orderId)) return order;
    this.say(`${symbol}: order ${clientOrderId} was placed by somebody else`);
    return null;
  }

  /** Says it once. */
  say(message: string): void {
    if (this.#said.has(message)) return;
    this.#said.add(message);
    this.#onProblem({ kind: 'foreign_activity', message });
  }
}
