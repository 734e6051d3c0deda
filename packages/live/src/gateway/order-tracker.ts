import type { EpochMs, Lots, Sats, Ticks } from '@orrery/core';

/** One trade of an order. */
export interface VenueTrade {
  /** Unsigned. */
  readonly qty: Lots;
  readonly price: Ticks;
  readonly fee: Sats;
  readonly isMaker: boolean;
  readonly time: EpochMs;
}

/**
 * Why an order ended that nobody took back, as far as it was told: what the venue's `er` of an event or `rm` of a conditional order says.
 */
export type EndCause = 'not_filled' | 'reduce_only' | 'position_gone' | 'insufficient_margin' | 'liquidation' | 'delisted';

/** What a limit order stands at. */
export interface LimitTerms {
  /** Whole quantity, unsigned, filled part included. */
  readonly qty: Lots;
  readonly price: Ticks;
}

/** What one message or answer says about an order. */
export interface OrderReport {
  readonly status: 'working' | 'filled' | 'canceled' | 'expired';
  /** Unsigned lots filled so far, this report's trade included. */
  readonly filled: number;
  readonly time: EpochMs;
  /** The trade that it reports, or null when it only states where the order is. */
  readonly trade: VenueTrade | null;
  readonly cause: EndCause | null;
  /** Quantity and price as the venue has them now; null where it does not say. */
  readonly limit: LimitTerms | null;
  /** True when it reports that they were changed. */
  readonly isAmendment: boolean;
}

/** What has become certain, in an order that the core can book. */
export type TrackedEvent =
  | { readonly kind: 'accepted'; readonly time: EpochMs }
  | { readonly kind: 'filled'; readonly ordinal: number; readonly trade: VenueTrade; readonly isDone: boolean }
  | { readonly kind: 'canceled'; readonly time: EpochMs; readonly cause: EndCause | null }
  | { readonly kind: 'expired'; readonly time: EpochMs; readonly cause: EndCause | null };

/** Where an order stands when tracking begins. */
export interface TrackedStart {
  readonly isAccepted: boolean;
  readonly fills: number;
  readonly filled: number;
}

type End = Pick<OrderReport, 'status' | 'time' | 'cause'>;

/**
 * Turns reports that may come twice, late, out of order or not at all into one legal sequence: accepted, fills with ordinals in
 * the order of the trades, end. The cumulative quantity is the truth: a trade is passed on only when it begins where the last
 * one ended, and no end is told while a trade is missing. What is missing is asked for by whoever owns the tracker.
 */
export class OrderTracker {
  #qty: number;
  #isAccepted: boolean;
  #fills: number;
  #booked: number;
  /** Lots known to be filled. */
  #known: number;
  /** Trades that came before an earlier one, by the cumulative quantity at which they begin. */
  readonly #early = new Map<number, VenueTrade>();
  #end: End | null = null;
  #isEnded = false;

  /** While an amendment is under way the quantity is not certain: then only the venue's word ends the order. */
  isAmending = false;

  /** @param qty whole quantity of the order, unsigned; Infinity where the venue decides it */
  constructor(qty: number, start: TrackedStart) {
    this.#qty = qty;
    this.#isAccepted = start.isAccepted;
    this.#fills = start.fills;
    this.#booked = start.filled;
    this.#known = start.filled;
  }

  /** Lots that are known to be filled while their trades are not known. */
  get missing(): number {
    return this.#isEnded ? 0 : this.#known - this.#booked;
  }
  /** Unsigned lots passed on. */
  get filled(): number {
    return this.#booked;
  }
  get isAccepted(): boolean {
    return this.#isAccepted;
  }
  /** Nothing more can follow. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Takes over another whole quantity. */
  amend(qty: Lots): void {
    this.#qty = qty;
  }

  report(report: OrderReport): readonly TrackedEvent[] {
    if (this.#isEnded) return [];
    const { status, filled, time, trade } = report;
    this.#known = Math.max(this.#known, filled);
    if (status !== 'working') this.#end ??= report;
    if (trade !== null && filled > this.#booked) this.#early.set(filled - trade.qty, trade);
    return this.#release(time);
  }

  /**
   * All trades of the order that the venue knows, in the order in which they happened.
   * @throws RangeError when they contradict what was passed on before
   */
  trades(all: readonly VenueTrade[]): readonly TrackedEvent[] {
    if (this.#isEnded) return [];
    let at = 0;
    for (const trade of all) {
      const from = at;
      at += trade.qty;
      if (at <= this.#booked) continue;
      if (from < this.#booked) throw new RangeError(`a trade from ${from} to ${at} lots overlaps the ${this.#booked} booked`);
      this.#early.set(from, trade);
    }
    this.#known = Math.max(this.#known, at);
    return this.#release(all.at(-1)?.time ?? (0 as EpochMs));
  }

  #release(time: EpochMs): readonly TrackedEvent[] {
    const events: TrackedEvent[] = [];
    if (!this.#isAccepted) {
      this.#isAccepted = true;
      events.push({ kind: 'accepted', time });
    }
    for (let trade = this.#next(); trade !== undefined; trade = this.#next()) {
      this.#booked += trade.qty;
      this.#fills += 1;
      // A reduce-only order may have been trimmed: then it is whole with less than was asked for.
      const isFull = this.#booked >= this.#qty && !this.isAmending;
      const isDone = isFull || (this.#end?.status === 'filled' && this.#booked === this.#known);
      events.push({ kind: 'filled', ordinal: this.#fills, trade, isDone });
      if (isDone) {
        this.#isEnded = true;
        return events;
      }
    }
    if (this.#end !== null && this.#booked === this.#known) events.push(this.#finish(this.#end));
    return events;
  }

  #next(): VenueTrade | undefined {
    const trade = this.#early.get(this.#booked);
    this.#early.delete(this.#booked);
    return trade;
  }

  #finish({ status, time, cause }: End): TrackedEvent {
    this.#isEnded = true;
    if (status === 'canceled') return { kind: 'canceled', time, cause };
    // Filled with less than was asked for, and told so too late for the last fill to say it.
    return { kind: 'expired', time, cause: status === 'filled' ? 'reduce_only' : cause };
  }
}
