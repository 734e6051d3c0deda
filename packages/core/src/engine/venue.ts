import type { Tape } from '../market/tape.ts';
import type { Command, Fact } from '../messages.ts';
import type { Sink } from './queue.ts';

/** The other side of the desk: the simulated venue, a recorded journal, or the outbox of a live run. */
export interface Venue {
  /** Per instrument: `match` is due on the first row whose close time is at or after this; Infinity while nothing is due. */
  readonly wake: Float64Array;
  /** The earliest timer; Infinity while none is set. */
  readonly timerDue: number;
  /** What happened inside the candle, before it is decided on (TIME-2). */
  match(tape: Tape, row: number, out: Sink<Fact>): void;
  /** After the last `match` of a frame: what depends on several instruments at once, such as their common margin (LIQ-1). */
  endFrame(ts: number, out: Sink<Fact>): void;
  /** The timers that are due at this close time; `pos` is where what they bring is journalled. */
  fireTimers(ts: number, pos: number, out: Sink<Fact>): void;
  /** Takes a command; answers at once where the venue does. */
  handle(command: Command, out: Sink<Fact>): void;
}
