import { amendReasonOf, rejectReasonOf, type AmendOrder, type CancelReason, type EpochMs, type SubmitOrder } from '@orrery/core';
import { pauseMs, wait, type Backoff } from '../exchange/backoff.ts';
import { isPassing } from '../exchange/binance-rest.ts';
import { VenueError } from '../exchange/venue-error.ts';
import type { Activity } from './activity.ts';
import type { VenueProblem } from './execution-gateway.ts';
import type { LiveOrder } from './live-order.ts';
import type { OrderBook } from './order-book.ts';

import type { VenueOrders } from './venue-orders.ts';

/** What the desk works with. */
export interface DeskParts {
  readonly book: OrderBook;
  readonly venue: VenueOrders;
  readonly activity: Activity;
  readonly backoff: Backoff;
  /** How old a request may be when the venue accepts it, ms. */
  readonly recvWindow: number;
  readonly signal: AbortSignal;
  /** The venue's clock, ms UTC. */
  readonly now: () => number;
  readonly isTooLate: (command: SubmitOrder) => boolean;
  readonly onProblem: (problem: VenueProblem) => void;
}

/** Beyond the receive window, for what the two clocks differ by, ms. */
const CLOCK_MARGIN_MS = 1000;
/** Tries of a placement that certainly failed, before the order is given up. */
const PLACE_TRIES = 6;
/** Tries of asking for trades that must be there. */
const TRADE_TRIES = 8;
/** Tries of taking an order back that the venue refuses to take back and yet calls working. */
const CANCEL_TRIES = 4;
/** Tries of asking about an accepted order that the venue says it does not know: right after placing it may not. */
const ASK_TRIES = 5;
/** The venue forgets orders that ended without a fill after three days; a younger one that it does not know is a riddle, ms. */
const FORGOTTEN_AFTER_MS = 2 * 86_400_000;
/** How long the user stream is given to bring what an answer left out, ms. */
const STREAM_GRACE_MS = 100;
/** The code of a client order id that is taken: an earlier try has worked. */
const DUPLICATE_ID = -4116;

/** Until when a request that is sent now may still be accepted; `performance.now()`, ms. */
export function acceptableUntil(recvWindow: number): number {
  return performance.now() + recvWindow + CLOCK_MARGIN_MS;
}

/** Brings orders to the venue and back, and finds out what became of them. One thing at a time for each order. */
export class OrderDesk {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** Sends an order, or, where it may have been sent, finds out first. Resolves when its fate is known and told. */
  submit(order: LiveOrder): Promise<void> {
    return this.#inTurn(order, () => this.#submit(order));
  }
  /** Takes an order back; resolves when it has ended. @param time when this was asked for, ms UTC */
  cancel(order: LiveOrder, reason: CancelReason, time: EpochMs): Promise<void> {
    order.cancelReason ??= reason;
    return this.#inTurn(order, () => this.#cancel(order, time));
  }
  /** Changes an order's quantity and price; resolves when it is known whether it has them. */
  amend(order: LiveOrder, wanted: AmendOrder, time: EpochMs): Promise<void> {
    return this.#inTurn(order, () => this.#amend(order, wanted, time));
  }
  /** Asks where an order stands and tells what was missed. */
  refresh(order: LiveOrder, time: EpochMs): Promise<void> {
    return this.#inTurn(order, () => this.#refresh(order, time));
  }

  /** Asks for missing trades, unless the stream brings them in a moment. */
  async catchUp(order: LiveOrder): Promise<void> {
    const { book, venue, signal, backoff } = this.#parts;
    if (order.isCatchingUp) return;
    order.isCatchingUp = true;
    try {
      await wait(STREAM_GRACE_MS, signal);
      for (let tried = 0; order.tracker.missing > 0 && !signal.aborted; tried++) {
        if (tried === TRADE_TRIES) {
          this.#say('unreachable', `${order.tracker.missing} lots of order ${order.clientId} are filled and their trades cannot be had`);
          return;
        }
        if (tried > 0) await wait(pauseMs(backoff, tried - 1), signal);
        if (order.venueId === null) await this.#ask(order);
        try {
          book.observeTrades(order, await venue.trades(order));
        } catch (error) {
          if (!isPassing(error)) throw error;
        }
      }
    } finally {
      order.isCatchingUp = false;
    }
  }

  #inTurn(order: LiveOrder, work: () => Promise<void>): Promise<void> {
    const before = order.queue;
    const turn = this.#parts.activity.run(async () => {
      await before;
      if (!order.isEnded) await work();
    });
    order.queue = turn.catch(() => {});
    return turn;
  }

  async #submit(order: LiveOrder): Promise<void> {
    const { book, signal, isTooLate } = this.#parts;
    for (let tried = 0; !order.isEnded;) {
      if (signal.aborted) throw new VenueError('refused', 'stopped');
      if (order.mayExist) {
        if (await this.#find(order)) return;
        order.mayExist = false;
      }
      if (order.cancelReason !== null) book.drop(order, order.cancelReason, order.command.ts);
      else if (isTooLate(order.command)) book.reject(order, 'too_late');
      else if (await this.#place(order, tried)) return;
      else tried += 1;
    }
  }

  /** One try. True when nothing is left to do. */
  async #place(order: LiveOrder, tried: number): Promise<boolean> {
    const { book, venue, backoff, signal, recvWindow } = this.#parts;
    try {
      const report = await venue.place(order, book.position(order.instrument.id, order.positionSide));
      book.observe(order, report);
      await this.#settle(order);
      return true;
    } catch (error) {
      if (!(error instanceof VenueError) || error.kind === 'halt') throw error;
      if (error.kind === 'unknown' || error.code === DUPLICATE_ID) {
        // Never a second request before it is certain that the first can no longer work.
        order.mayExist = true;
        order.acceptableUntil = acceptableUntil(recvWindow);
        return false;
      }
      const mayPass = error.kind === 'limited' || error.kind === 'unavailable' || error.kind === 'clock';
      if (mayPass && tried + 1 < PLACE_TRIES) {
        await wait(error.retryAfterMs ?? pauseMs(backoff, tried), signal);
        return false;
      }
      return this.#refused(order, error);
    }
  }

  /**
   * An exit whose trigger is met already goes off at once (ORD-7): the venue wants what it would have placed for that. A trailing
   * stop whose activation price the market has passed follows it from now on.
   */
  #refused(order: LiveOrder, error: VenueError): boolean {
    const reason = rejectReasonOf(error.code);
    const { parent, orderType } = order.command;
    if (reason === 'would_trigger' && order.route === 'algo' && parent !== null && !order.isActive) {
      if (orderType === 'trailing_stop_market') order.isActive = true;
      else order.route = 'order';
      return false;
    }
    if (reason === 'in_liquidation') this.#say('liquidation', error.message);
    this.#parts.book.reject(order, reason);
    return true;
  }

  /** Whether the order is at the venue; false only when no request for it can be accepted any more. */
  async #find(order: LiveOrder): Promise<boolean> {
    const { signal, backoff } = this.#parts;
    for (let tried = 0; !signal.aborted; tried++) {
      const isLast = performance.now() >= order.acceptableUntil;
      try {
        await this.#look(order);
        order.mayExist = false;
        return true;
      } catch (error) {
        if (error instanceof VenueError && error.kind === 'not_found') {
          if (isLast) return false;
        } else if (!isPassing(error)) throw error;
        else if (tried === PLACE_TRIES)
          this.#say('unreachable', `what became of order ${order.clientId} cannot be found out: ${error.message}`);
      }
      const left = order.acceptableUntil - performance.now();
      const pause = pauseMs({ ...backoff, longestMs: 1000 }, tried);
      await wait(left > 0 ? Math.min(pause, left + 1) : pause, signal);
    }
    throw new VenueError('refused', 'stopped');
  }

  /** Looks under both names: an exit may have been turned into a market order by an earlier process. */
  async #look(order: LiveOrder): Promise<void> {
    try {
      await this.#ask(order);
    } catch (error) {
      const isMissing = error instanceof VenueError && error.kind === 'not_found';
      if (!isMissing || order.route !== 'algo' || order.command.parent === null) throw error;
      order.route = 'order';
      try {
        await this.#ask(order);
      } catch (second) {
        order.route = 'algo';
        throw second;
      }
    }
    await this.#settle(order);
  }

  async #amend(order: LiveOrder, wanted: AmendOrder, time: EpochMs): Promise<void> {
    const { book } = this.#parts;
    if (order.isAsleep) book.amended(order, wanted, wanted.ts);
    else if (order.command.orderType !== 'limit') book.refuseAmendment(order, 'not_a_limit_order', wanted.ts);
    else {
      order.amending = wanted;
      order.tracker.isAmending = true;
      try {
        await this.#sendAmendment(order, wanted, time);
      } finally {
        order.amending = null;
        order.tracker.isAmending = false;
      }
    }
  }

  async #sendAmendment(order: LiveOrder, wanted: AmendOrder, time: EpochMs): Promise<void> {
    const { book, venue, backoff, signal, recvWindow } = this.#parts;
    for (let tried = 0; order.amending !== null && !order.isEnded && !signal.aborted; tried++) {
      try {
        book.observe(order, await venue.amend(order, wanted));
        // The venue has it, whatever it calls it.
        if (order.amending !== null && !order.isEnded) book.amended(order, wanted, time);
        await this.#settle(order);
      } catch (error) {
        if (!(error instanceof VenueError) || error.kind === 'halt') throw error;
        const isLast = tried + 1 >= PLACE_TRIES;
        if (error.kind === 'unknown' && !isLast) await this.#askUntil(order, time, acceptableUntil(recvWindow));
        else if ((error.kind === 'limited' || error.kind === 'unavailable' || error.kind === 'clock') && !isLast)
          await wait(error.retryAfterMs ?? pauseMs(backoff, tried), signal);
        else {
          // Refused as unchanged, an earlier request may have worked; and what is refused may have ended.
          await this.#refreshIfPossible(order, time);
          if (order.amending !== null && !order.isEnded) book.refuseAmendment(order, amendReasonOf(error.code), time);
        }
      }
    }
  }

  /** Asks about an order under amendment until it has ended, has its new terms, or can no longer get them by what was sent. */
  async #askUntil(order: LiveOrder, time: EpochMs, until: number): Promise<void> {
    const { signal, backoff } = this.#parts;
    for (let tried = 0; !signal.aborted; tried++) {
      const isLast = performance.now() >= until;
      try {
        await this.#refresh(order, time);
        if (isLast || order.amending === null || order.isEnded) return;
      } catch (error) {
        if (!isPassing(error)) throw error;
        if (tried === PLACE_TRIES)
          this.#say('unreachable', `whether order ${order.clientId} was amended cannot be found out: ${error.message}`);
      }
      await wait(pauseMs({ ...backoff, longestMs: 1000 }, tried), signal);
    }
  }

  async #cancel(order: LiveOrder, time: EpochMs): Promise<void> {
    const { book, venue, backoff, signal } = this.#parts;
    for (let tried = 0; !order.isEnded && !signal.aborted; tried++) {
      if (tried > 0) await wait(pauseMs(backoff, tried - 1), signal);
      try {
        book.observe(order, await venue.cancel(order, time));
        await this.#settle(order);
      } catch (error) {
        if (!(error instanceof VenueError) || error.kind === 'halt') throw error;
        const mayPass: boolean = isPassing(error);
        // It may be filled, gone, or taken back by the very request whose answer was lost.
        if (!mayPass || error.kind === 'unknown') await this.#refreshIfPossible(order, time);
        if (tried + 1 >= CANCEL_TRIES && !mayPass) {
          order.cancelReason = null;
          this.#say('unreachable', `order ${order.clientId} could not be taken back: ${error.message}`);
          return;
        }
      }
    }
  }

  /** A question that may be left open: it is asked again. */
  async #refreshIfPossible(order: LiveOrder, time: EpochMs): Promise<void> {
    await this.#refresh(order, time).catch((error: unknown) => {
      if (!isPassing(error)) throw error;
    });
  }

  async #refresh(order: LiveOrder, time: EpochMs): Promise<void> {
    const { book, backoff, signal, now } = this.#parts;
    for (let tried = 0; !order.isEnded && !signal.aborted; tried++) {
      try {
        await this.#ask(order);
        await this.#settle(order);
        return;
      } catch (error) {
        if (!(error instanceof VenueError) || error.kind !== 'not_found') throw error;
        if (!order.tracker.isAccepted) return;
      }
      if (now() - order.command.ts > FORGOTTEN_AFTER_MS) book.forget(order, time);
      else if (tried + 1 < ASK_TRIES) await wait(pauseMs(backoff, tried), signal);
      else {
        this.#say('disagreement', `the venue does not know order ${order.clientId}, which it has accepted`);
        return;
      }
    }
  }

  async #ask(order: LiveOrder): Promise<void> {
    this.#parts.book.observe(order, await this.#parts.venue.query(order));
  }

  /** Waits until no trade is missing, so that facts are told before the request that brought them about is done. */
  async #settle(order: LiveOrder): Promise<void> {
    const { signal } = this.#parts;
    while (order.isCatchingUp && !signal.aborted) await wait(STREAM_GRACE_MS / 4, signal);
    if (order.tracker.missing > 0) await this.catchUp(order);
  }

  #say(kind: VenueProblem['kind'], message: string): void {
    this.#parts.onProblem({ kind, message });
  }
}
