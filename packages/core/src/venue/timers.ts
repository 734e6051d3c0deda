import type { Sink } from '../engine/queue.ts';
import type { Fact, SetTimer } from '../messages.ts';
import type { EpochMs } from '../units.ts';

/** Timers that were set, for a venue to fire at closes (TIME-3). */
export class Timers {
  /** The earliest; Infinity while none is set. */
  due: number = Infinity;
  #set: SetTimer[] = [];

  add(command: SetTimer): void {
    this.#set.push(command);
    this.due = Math.min(this.due, command.due);
  }
  copyFrom(other: Timers): void {
    this.#set = [...other.#set];
    this.due = other.due;
  }
  /** Due timers by time, then by the order in which they were set. */
  fire(ts: number, out: Sink<Fact>): void {
    const due = this.#set.filter((timer) => timer.due <= ts).sort((a, b) => a.due - b.due || a.timerId - b.timerId);
    this.#set = this.#set.filter((timer) => timer.due > ts);
    for (const { instrument, timerId } of due) out.push({ type: 'TimerFired', ts: ts as EpochMs, instrument, timerId });
    this.due = this.#set.reduce((earliest, timer) => Math.min(earliest, timer.due), Infinity);
  }
}
