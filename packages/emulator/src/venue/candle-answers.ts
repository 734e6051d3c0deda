import {
  Queue,
  type Command,
  type Fact,
  type InstrumentId,
  type OrderFilled,
  type OrderId,
  type SimVenue,
  type SubmitOrder,
} from '@orrery/core';
import { isReducing } from './order-checks.ts';
import type { OrderBook } from './order-book.ts';
import type { OrderRecord, VenuePositionSide, VenueSide } from './order-records.ts';

/**
 * What clients answer to a candle before it closes. The frame is told in rounds, each up to the next fill that opens a position. An exit that
 * answers such a fill belongs to its order, as a bracket's does in a backtest: the frame is then walked once more from its beginning with the exits
 * asleep behind their entries, so that they meet exactly the part of the candle that comes after the fill, in the same reading of it.
 */
export class CandleAnswers {
  /** Stands where the frame begins. */
  readonly #before: SimVenue;
  readonly #book: OrderBook;
  /** Exits of all rounds, and how many of them the frame was walked with. */
  #adopted: SubmitOrder[] = [];
  #walked = 0;
  #told: Fact[] = [];
  #untold: readonly Fact[];
  /** Commands that came meanwhile, for what stands after the frame. */
  readonly #commands: Command[] = [];
  /** Exits that were refused because their trigger was met already, by client id. */
  readonly #refused = new Map<string, SubmitOrder>();

  /** @param facts what happened in the frame */
  constructor(before: SimVenue, book: OrderBook, facts: readonly Fact[]) {
    this.#before = before;
    this.#book = book;
    this.#untold = facts;
  }

  /** What is told next: of each symbol up to its next fill that opens a position, or its funding, which a client looks up before it goes on. */
  next(): readonly Fact[] {
    const held = new Set<InstrumentId>();
    const batch: Fact[] = [];
    const rest: Fact[] = [];
    for (const fact of this.#untold) {
      if (held.has(fact.instrument)) {
        rest.push(fact);
        continue;
      }
      batch.push(fact);
      const isOpening = fact.type === 'OrderFilled' && !this.#isExit(fact.orderId);
      if (isOpening || fact.type === 'FundingCharged') held.add(fact.instrument);
    }
    this.#untold = rest;
    this.#told.push(...batch);
    return batch;
  }
  get isAllTold(): boolean {
    return this.#untold.length === 0;
  }
  /** Whether an order has come to something that is not told yet. */
  isUndecided(orderId: OrderId): boolean {
    return this.#untold.some(
      (fact) => 'orderId' in fact && fact.orderId === orderId && fact.type !== 'OrderAccepted' && fact.type !== 'OrderCanceled',
    );
  }

  #isExit(orderId: OrderId): boolean {
    const command = this.#book.placed(orderId);
    return command !== undefined && (command.parent !== null || isReducing(command));
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
    this.#adopted.push(command);
  }
  /** Takes an exit back that has not met anything yet. */
  drop(orderId: OrderId): void {
    this.#adopted = this.#adopted.filter((command, k) => k < this.#walked || command.orderId !== orderId);
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

  /**
   * Walks the frame again if there are new exits. Null where there are none.
   * @returns the venue that stands where the frame ends, or the exits that would contradict what was told, which have to wait
   */
  replay(walk: (venue: SimVenue) => readonly Fact[]): { readonly venue: SimVenue } | { readonly late: readonly SubmitOrder[] } | null {
    if (this.#adopted.length === this.#walked) return null;
    const venue = this.#before.fork();
    const ignored = new Queue<Fact>();
    for (const command of this.#adopted) venue.handle(command, ignored);
    const news = newsAmong(walk(venue), this.#told);
    if (news === null) return { late: this.#adopted.splice(this.#walked) };
    const after = new Queue<Fact>();
    for (const command of this.#commands) venue.handle(command, after);
    // They were answered before; what no longer holds after all is news.
    const refused: Fact[] = [];
    while (after.size !== 0) {
      const fact = after.shift();
      if (fact.type === 'OrderRejected') refused.push(fact);
    }
    this.#walked = this.#adopted.length;
    this.#untold = [...news, ...refused];
    return { venue };
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
