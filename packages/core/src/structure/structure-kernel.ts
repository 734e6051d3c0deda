import type { Kernel } from '../feature/kernel.ts';
import type { Tape } from '../market/tape.ts';
import { createStructureLog } from './structure-event.ts';
import { StructureFinder, type StructureOptions } from './structure-finder.ts';
import { StructureWriter } from './structure-writer.ts';

const NO_COLUMN = new Float64Array(0);
/** What trackers remember is bounded, and theirs; a structure is always computed from a tape's first row. */
const NO_STATE = new Float64Array(0);

/**
 * Finds the market structure of a tape, candle by candle (STR), and writes it as one log of events.
 * @param atr atr(14) of the same tape
 */
export function createStructureKernel(tape: Tape, atr: Float64Array, options: StructureOptions): Kernel {
  const log = createStructureLog();
  const finder = new StructureFinder(tape, atr, options, new StructureWriter(log));
  return {
    out: NO_COLUMN,
    warmup: 0,
    state: NO_STATE,
    log,
    advance(from, to) {
      for (let row = from; row < to; row++) finder.step(row);
    },
  };
}
