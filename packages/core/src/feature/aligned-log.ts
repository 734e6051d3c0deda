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
    advance(from, to) {
      const { stride } = source;
      let event = state[COPIED];
      if (event === source.length) return;
      for (let row = from; row < to && event < source.length; row++) {
        while (event < source.length && source.at(event, KNOWN_AT) < closed[row]) {
          const at = log.append();
          log.words.set(source.words.subarray(source.place(event), source.place(event) + stride), at);
          log.words[at + KNOWN_AT] = row;
          event += 1;
        }
      }
      state[COPIED] = event;
    },
  };
}
