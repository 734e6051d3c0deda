import type { Command, Fact, OrderId, Sink, SubmitOrder, Tape, Venue, SimVenue } from '@orrery/core';
import { isExit } from './exits.ts';

/**
 * The simulated venue of a paper run, with entries turned away while they are halted. Orders of a halted stretch are known by the
 * time of their decision, so a run that is folded again turns the same ones away.
 */
export class HaltedEntries implements Venue {
  readonly #venue: SimVenue;
  readonly #isHalted: (ts: number) => boolean;
  readonly #refused = new Set<OrderId>();
  /** Orders that can only reduce: they may be amended at any time. */
  readonly #exits = new Set<OrderId>();

  constructor(venue: SimVenue, isHalted: (ts: number) => boolean) {
    this.#venue = venue;
    this.#isHalted = isHalted;
  }
  get wake(): Float64Array {
    return this.#venue.wake;
  }
  get timerDue(): number {
    return this.#venue.timerDue;
  }
  match(tape: Tape, row: number, out: Sink<Fact>): void {
    this.#venue.match(tape, row, out);
  }
  endFrame(ts: number, out: Sink<Fact>): void {
    this.#venue.endFrame(ts, out);
  }
  fireTimers(ts: number, pos: number, out: Sink<Fact>): void {
    this.#venue.fireTimers(ts, pos, out);
  }
  handle(command: Command, out: Sink<Fact>): void {
    if (command.type === 'SubmitOrder') this.#submit(command, out);
    else if (command.type === 'AmendOrder' && !this.#exits.has(command.orderId) && this.#isHalted(command.ts)) {
      const { ts, instrument, orderId } = command;
      if (!this.#refused.has(orderId)) out.push({ type: 'AmendRejected', ts, instrument, orderId, reason: 'venue' });
    } else this.#venue.handle(command, out);
  }

  #submit(command: SubmitOrder, out: Sink<Fact>): void {
    const { ts, instrument, orderId, parent } = command;
    if (isExit(command)) this.#exits.add(orderId);
    if (parent !== null && this.#refused.has(parent)) out.push({ type: 'OrderCanceled', ts, instrument, orderId, reason: 'parent_gone' });
    else if (!isExit(command) && this.#isHalted(ts)) {
      this.#refused.add(orderId);
      out.push({ type: 'OrderRejected', ts, instrument, orderId, reason: 'halted' });
    } else this.#venue.handle(command, out);
  }
}
