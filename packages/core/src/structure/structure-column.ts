import type { EventLog } from '../feature/event-log.ts';
import { KNOWN_AT } from '../feature/event-log.ts';
import { createKernel } from '../feature/create-kernel.ts';
import type { Kernel } from '../feature/kernel.ts';
import type { Tape } from '../market/tape.ts';

/** How a column is told from the events of a structure. */
export interface ColumnFold {
  /** Takes one event in, known at or before the row that is asked for next. */
  take(log: EventLog, event: number): void;
  /** The value of the row. */
  value(row: number): number;
  /** Forgets everything, for a fresh start behind a hole. */
  clear(): void;
}

/** Slot of the kernel's state: events taken in. */
const TAKEN = 0;

/**
 * A column of numbers over the log of a structure of the same tape. The log may be thousands of rows ahead, and is read no further than
 * the row (LOOK-1). A candle that is not finite is NaN, and the column starts anew behind it as the structure does.
 */
export function createStructureColumn(log: EventLog, tape: Tape, warmup: number, fold: ColumnFold): Kernel {
  return createKernel(tape.closeTs.length, warmup, new Float64Array(1), (out, state, from, to) => {
    const { open, high, low, close, volume } = tape;
    let event = state[TAKEN];
    for (let row = from; row < to; row++) {
      for (; event < log.length && log.at(event, KNOWN_AT) <= row; event++) fold.take(log, event);
      if (Number.isFinite(open[row] + high[row] + low[row] + close[row] + volume[row])) out[row] = fold.value(row);
      else {
        out[row] = NaN;
        fold.clear();
      }
    }
    state[TAKEN] = event;
  });
}
