import type { Sink } from '../engine/queue.ts';
import type { Venue } from '../engine/venue.ts';
import { InvariantError } from '../engine/invariant.ts';
import type { Tape } from '../market/tape.ts';
import type { AmendOrder, CancelOrder, Command, Fact, SetLeverage, SubmitOrder } from '../messages.ts';
import { Timers } from './timers.ts';

/** What goes to a venue outside. */
export type OutboundCommand = SubmitOrder | CancelOrder | AmendOrder | SetLeverage;

/**
 * The desk's other side in a live run: orders wait here until the driver has made the journal durable and takes them, and
 * what a venue answers comes in through `Engine.accept`. Timers fire at closes, as in a backtest.
 */
export class OutboxVenue implements Venue {
  readonly wake: Float64Array;
  timerDue: number = Infinity;
  readonly #timers = new Timers();
  #outbox: OutboundCommand[] = [];

  constructor(instruments: number) {
    this.wake = new Float64Array(instruments).fill(Infinity);
  }

  /** Nothing: what happens inside a candle is told by the venue outside. */
  match(_tape: Tape, _row: number, _out: Sink<Fact>): void {}
  endFrame(_ts: number, _out: Sink<Fact>): void {}

  fireTimers(ts: number, _pos: number, out: Sink<Fact>): void {
    this.#timers.fire(ts, out);
    this.timerDue = this.#timers.due;
  }

  handle(command: Command, _out: Sink<Fact>): void {
    switch (command.type) {
      case 'SubmitOrder':
      case 'CancelOrder':
      case 'AmendOrder':
      case 'SetLeverage':
        this.#outbox.push(command);
        return;
      case 'SetTimer':
        this.#timers.add(command);
        this.timerDue = this.#timers.due;
        return;
      case 'RequestPrediction':
        throw new InvariantError('a prediction was asked of the venue');
      default:
        throw new InvariantError(`unknown command ${String(command satisfies never)}`);
    }
  }

  /** Hands over what is to be sent, oldest first, and forgets it. */
  take(): readonly OutboundCommand[] {
    const taken = this.#outbox;
    this.#outbox = [];
    return taken;
  }
}
