import { createResampler, type DrawnStructure, drawnStructures, INTERVAL_MS, type Tape } from '@orrery/core';
import type { StructureSpec } from './structure-specs.ts';

/**
 * Finds a structure's objects on a symbol's candles, all rows of them rows of the base tape: an object of a higher interval begins at the
 * first base candle of its own candle, and is known, and changes, at the base candle that closes one (LOOK-1).
 * @param base the run's own candles, from the first that the run was given
 */
export function structureLayer(base: Tape, { spec, interval }: StructureSpec): readonly DrawnStructure[] {
  if (INTERVAL_MS[interval] === base.intervalMs) return drawnStructures(base, spec);
  const resampler = createResampler(base, interval);
  resampler.advance(0, base.length);
  const { tape } = resampler;
  const closing = closingRows(resampler.closed, tape.length);
  const opening = openingRows(base, tape);
  return drawnStructures(tape, spec).map((one) => ({
    ...one,
    origin: opening[one.origin] ?? 0,
    knownAt: closing[one.knownAt] ?? 0,
    states: one.states.map(({ state, row }) => ({ state, row: closing[row] ?? 0 })),
    endRow: one.endRow === null ? null : (closing[one.endRow] ?? 0),
  }));
}

/** For each higher candle, the base row at whose close it is closed. */
function closingRows(closed: Int32Array, candles: number): Int32Array {
  const rows = new Int32Array(candles);
  let candle = 0;
  for (const [row, count] of closed.entries()) for (; candle < count; candle += 1) rows[candle] = row;
  return rows;
}

/** For each higher candle, its first base row. */
function openingRows(base: Tape, higher: Tape): Int32Array {
  const rows = new Int32Array(higher.length);
  let row = 0;
  for (let candle = 0; candle < higher.length; candle += 1) {
    const opened = (higher.closeTs[candle] ?? 0) + 1 - higher.intervalMs;
    while (row + 1 < base.length && (base.closeTs[row] ?? 0) < opened) row += 1;
    rows[candle] = row;
  }
  return rows;
}
