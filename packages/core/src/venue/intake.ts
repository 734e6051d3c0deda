import type { Sink } from '../engine/queue.ts';
import type { Instrument } from '../market/instrument.ts';
import type { AmendOrder, AmendReason, CancelOrder, Fact, LeverageReason, RejectReason, SetLeverage, SubmitOrder } from '../messages.ts';
import type { InstrumentId } from '../units.ts';
import type { VenueAccount } from './account.ts';
import { amendProblem, leverageProblem, orderProblem, type Counter } from './admission.ts';
import type { VenueAssumptions } from './assumptions.ts';
import type { Books } from './books.ts';
import { latencyOf } from './latency.ts';
import { PendingChange } from './pending-change.ts';
import { factOf } from './walk-event.ts';
import { isFillOrKill, isPostOnly, workingOrder, type WorkingOrder } from './working-order.ts';

/** What commands are taken in with. */
export interface IntakeParts {
  readonly instruments: readonly Instrument[];
  readonly assumptions: VenueAssumptions;
  readonly account: VenueAccount;
  readonly books: Books;
  /** Mark price of an instrument as it is known now, quote units. */
  readonly markOf: (id: number) => number;
}

/** The venue's counter: what arrives is looked at, answered, and put into the books (GATE, MARG and LAT rules). */
export class Intake {
  readonly #parts: IntakeParts;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /**
   * Takes an order in, or refuses it. Returns whether it has to meet the next candle.
   * @param isOver whether its symbol has ended
   */
  submit(command: SubmitOrder, isOver: boolean, out: Sink<Fact>): boolean {
    const { instrument, orderId, ts, parent } = command;
    const { assumptions, books } = this.#parts;
    if (parent !== null && books.find(instrument, parent) === undefined) {
      // Its parent was refused a moment ago: nothing is left that it could wait for (ORD-2).
      out.push({ type: 'OrderCanceled', ts, instrument, orderId, reason: 'parent_gone' });
      return false;
    }
    const latency = latencyOf(assumptions, orderId);
    // What may still be refused on arrival is accepted there, a child when its parent fills.
    const isAccepted = latency === 0 && parent === null && !isPostOnly(command) && !isFillOrKill(command);
    const order = workingOrder(command, latency === 0 ? -Infinity : ts + latency, isAccepted);
    const reason = latency === 0 ? this.problemOf(order, isOver) : null;
    if (reason !== null) {
      out.push({ type: 'OrderRejected', ts, instrument, orderId, reason });
      return false;
    }
    books.add(instrument, order);
    if (isAccepted) out.push({ type: 'OrderAccepted', ts, instrument, orderId });
    return !order.isDormant;
  }

  /** Cancels or amends an open order, at once or when the wish gets here. */
  change(command: CancelOrder | AmendOrder, out: Sink<Fact>): void {
    const { instrument: id, orderId, ts } = command;
    const { assumptions, books } = this.#parts;
    const order = books.find(id, orderId);
    if (order === undefined) {
      if (command.type === 'AmendOrder') out.push({ type: 'AmendRejected', ts, instrument: id, orderId, reason: 'venue' });
      return;
    }
    const latency = latencyOf(assumptions, orderId);
    if (latency > 0) {
      books.defer(id, new PendingChange(command, ts + latency, (amend) => this.amendment(amend)));
      return;
    }
    const problem = command.type === 'CancelOrder' ? null : amendProblem(command, order, this.#counter(id));
    for (const event of books.change(command, order, problem)) out.push(factOf(event, ts));
  }

  setLeverage({ instrument, leverage, ts }: SetLeverage, out: Sink<Fact>): void {
    const reason = this.leverageProblem(instrument, leverage);
    if (reason !== null) {
      out.push({ type: 'LeverageRejected', ts, instrument, leverage, reason });
      return;
    }
    this.#parts.account.setLeverage(instrument, leverage);
    out.push({ type: 'LeverageChanged', ts, instrument, leverage });
  }

  /** Orders that have been under way are looked at when they get here (LAT-2). */
  admitArrivals(id: InstrumentId, ts: number, isOver: boolean, out: Sink<Fact>): void {
    const { assumptions, books } = this.#parts;
    if (assumptions.latencyMax === 0) return;
    for (const order of books.of(id)) {
      if (order.isResting || order.isDormant || order.isAccepted || order.arrival > ts) continue;
      // The order itself is no part of what is there when it comes.
      books.drop(id, order);
      const reason = this.problemOf(order, isOver);
      books.add(id, order);
      if (reason !== null) for (const event of books.reject(order, reason)) out.push(factOf(event, order.command.ts));
    }
  }

  /** Why an order would be refused if it arrived now, or null. */
  problemOf(order: WorkingOrder, isOver: boolean): RejectReason | null {
    return isOver ? 'venue' : orderProblem(order, this.#counter(order.command.instrument));
  }
  amendment(command: AmendOrder): AmendReason | null {
    const order = this.#parts.books.find(command.instrument, command.orderId);
    return order === undefined ? 'venue' : amendProblem(command, order, this.#counter(command.instrument));
  }
  leverageProblem(id: InstrumentId, leverage: number): LeverageReason | null {
    return leverageProblem(id, leverage, this.#counter(id));
  }

  #counter(id: InstrumentId): Counter {
    const { instruments, assumptions, account, books, markOf } = this.#parts;
    const instrument = instruments[id];
    const mark = markOf(id);
    return {
      instrument,
      account,
      book: books.of(id),
      conditional: books.conditional,
      isHedged: assumptions.hedgeMode,
      mark,
      markTicks: (mark * instrument.priceScale) / instrument.tick.units,
    };
  }
}
