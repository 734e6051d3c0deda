import { Queue, type Command, type Fact, type InstrumentId, type OrderFilled, type OrderId, type SimVenue, type SubmitOrder } from '@orrery/core';
import type { OrderBook } from './order-book.ts';
import type { OrderRecord, VenuePositionSide, VenueSide } from './order-records.ts';

/** A frame that was walked again. */
export interface Retold {
  /** Stands where the frame ends. */
  readonly venue: SimVenue;
  /** What was not told yet. */
  readonly news: readonly Fact[];
}

/**
 * What clients answer to a candle before it closes. An exit that answers the fill of its entry belongs to that order, as a bracket's does in
 * a backtest: the frame is then walked once more from its beginning with the exits asleep behind their entries, so that they meet exactly the
 * part of the candle that comes after the fill, in the same reading of it.
 */
export class CandleAnswers {
  /** Exits that wait for the frame to be walked again. */
  adopted: SubmitOrder[] = [];
  /** Stands where the frame begins. */
  readonly #before: SimVenue;
  readonly #book: OrderBook;
  #told: readonly Fact[] = [];
  /** Commands that came meanwhile, for what stands after the frame. */
  readonly #commands: Command[] = [];
  /** Exits that were refused because their trigger was met already, by client id. */
  readonly #refused = new Map<string, SubmitOrder>();

  constructor(before: SimVenue, book: OrderBook) {
    this.#before = before;
    this.#book = book;
  }

  /** What happened in the frame. */
  hear(facts: readonly Fact[]): void {
    this.#told = facts;
  }
  /** The order that an exit of this side would belong to: the last that has filled here and added to the position. */
  parentOf(instrument: InstrumentId, side: VenueSide, positionSide: VenuePositionSide): OrderRecord | null {
    const fills = this.#told.filter((fact): fact is OrderFilled => fact.type === 'OrderFilled' && fact.instrument === instrument);
    for (const { orderId } of fills.toReversed()) {
      const record = this.#book.bySimId(orderId);
      if (record === undefined || record.reduceOnly || record.side === side || record.positionSide !== positionSide) continue;
      return record.kind === 'order' ? record : record.child;
    }
    return null;
  }

  adopt(command: SubmitOrder): void {
    this.adopted.push(command);
  }
  /** Takes an exit back that has not met anything yet. */
  drop(orderId: OrderId): void {
    this.adopted = this.adopted.filter((command) => command.orderId !== orderId);
  }
  note(command: Command): void {
    this.#commands.push(command);
  }
  /** The venue wants what an exit would have placed, where its trigger is met already. */
  refuse(clientId: string, command: SubmitOrder): void {
    this.#refused.set(clientId, command);
  }
  refused(clientId: string): SubmitOrder | null {
    return this.#refused.get(clientId) ?? null;
  }

  /** Walks the frame again with its exits. Null where there are none, or where it would contradict what was told. */
  replay(walk: (venue: SimVenue) => readonly Fact[]): Retold | null {
    if (this.adopted.length === 0) return null;
    const venue = this.#before;
    const ignored = new Queue<Fact>();
    for (const command of this.adopted) venue.handle(command, ignored);
    const news = newsAmong(walk(venue), this.#told);
    if (news === null) return null;
    const after = new Queue<Fact>();
    for (const command of this.#commands) venue.handle(command, after);
    const refused: Fact[] = [];
    // They were answered before; what no longer holds after all is news.
    for (; after.size !== 0; ) {
      const fact = after.shift();
      if (fact.type === 'OrderRejected') refused.push(fact);
    }
    return { venue, news: [...news, ...refused] };
  }
}

/** What is in the second telling alone; null where something of the first is not in it. */
function newsAmong(facts: readonly Fact[], told: readonly Fact[]): readonly Fact[] | null {
  const left = new Map<string, number>();
  for (const fact of told) left.set(keyOf(fact), (left.get(keyOf(fact)) ?? 0) + 1);
  const news = facts.filter((fact) => {
    const count = left.get(keyOf(fact)) ?? 0;
    if (count > 0) left.set(keyOf(fact), count - 1);
    return count === 0;
  });
  return [...left.values()].every((count) => count === 0) ? news : null;
}
function keyOf(fact: Fact): string {
  return JSON.stringify(fact);
}
