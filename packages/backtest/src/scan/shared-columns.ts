import type { ColumnAllocator, Tape } from '@orrery/core';

/** Columns that all threads see. */
export const sharedColumns: ColumnAllocator = (length) => new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));

/** The same tape in shared memory; itself where it is there already. */
export function sharedTape(tape: Tape): Tape {
  const shared = (column: Float64Array): Float64Array => {
    if (column.buffer instanceof SharedArrayBuffer) return column;
    const to = sharedColumns(column.length);
    to.set(column);
    return to;
  };
  const { closeTs, open, high, low, close, volume } = tape;
  return {
    ...tape,
    closeTs: shared(closeTs),
    open: shared(open),
    high: shared(high),
    low: shared(low),
    close: shared(close),
    volume: shared(volume),
  };
}
