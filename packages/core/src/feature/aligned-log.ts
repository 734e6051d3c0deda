import { EventLog, KNOWN_AT } from './event-log.ts';
import type { Kernel } from './kernel.ts';

const NO_COLUMN = new Float64Array(0);
/** Slots of the kernel's state. */
const COPIED = 0;

/**
 * A higher interval's events as seen from the base rows: each is known at the row at whose close its higher candle closes. Every other
 * word stays as it is, rows of the higher tape among them.
 * @param closed for each base row, how many higher candles have closed by then
 */
export function createAlignedLog(closed: Int32Array, source: EventLog, warmup: number): Kernel {
  const log = new EventLog(source.stride);
  const state = new Float64Array(1);
  return {
    out: NO_COLUMN,
    warmup,
    state,
    log,
    advance(from) {
      const { length } = source;
      let event = state[COPIED];
      for (let row = from; event < length; event++) {
        const known = source.at(event, KNOWN_AT);
        // Every event of the source is of a candle that has closed by now.
        while (closed[row] <= known) row += 1;
        copyEvent(source, event, log, row);
      }
      state[COPIED] = event;
    },
  };
}

/** Word by word: a view of the words would cost more than the copy. */
function copyEvent(source: EventLog, event: number, log: EventLog, row: number): void {
  const { stride, words } = source;
  const from = source.place(event);
  const at = log.append();
  const to = log.words;
  for (let slot = 1; slot < stride; slot++) to[at + slot] = words[from + slot];
  to[at + KNOWN_AT] = row;
}
