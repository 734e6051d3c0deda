import { satsPerPrice, type Instrument } from '../market/instrument.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** Slots of {@link Marks.sums}. */
export const OPEN_VALUE = 0;
export const GROSS_VALUE = 1;

/**
 * Every position valued at its last close, in sats. Sums are kept by difference, so that a candle touches one instrument;
 * each value is rounded to a whole sat first, which keeps the sums exact however long the run is.
 */
export interface Marks {
  /** Signed value per instrument. */
  readonly value: Float64Array;
  /** Sum of values less their costs is the unrealised profit; here the plain sum, and the sum without sign. */
  readonly sums: Float64Array;
  /** Sats per lot for a price of 1. */
  readonly perPrice: Float64Array;
  /** Last close per instrument; 0 before the first. */
  readonly last: Float64Array;
}

export function createMarks(instruments: readonly Instrument[]): Marks {
  return {
    value: new Float64Array(instruments.length),
    sums: new Float64Array(2),
    perPrice: Float64Array.from(instruments, satsPerPrice),
    last: new Float64Array(instruments.length),
  };
}

/** Values one instrument's position at `close`. */
export function markTo(marks: Marks, ledger: Ledger, id: number, close: number): void {
  const { value, sums } = marks;
  const before = value[id];
  const now = Math.round(ledger.qty[id] * close * marks.perPrice[id]);
  value[id] = now;
  sums[OPEN_VALUE] += now - before;
  sums[GROSS_VALUE] += Math.abs(now) - Math.abs(before);
}
