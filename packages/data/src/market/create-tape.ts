import type { ColumnAllocator, InstrumentId, Tape } from '@orrery/core';
import { CLOSE, HIGH, LOW, OPEN, VOLUME, type Rows } from '../dataset/rows.ts';

/**
 * A tape of these rows.
 * @param allocate where its columns are copied to; null: no copy, so the rows must have been made for this tape alone
 */
export function createTapeOf(instrument: InstrumentId, intervalMs: number, rows: Rows, allocate: ColumnAllocator | null = null): Tape {
  const placed = (column: Float64Array): Float64Array => {
    if (allocate === null) return column;
    const to = allocate(rows.length);
    to.set(column.subarray(0, rows.length));
    return to;
  };
  const closeTs = placed(rows.time.map((time) => time + intervalMs - 1));
  const [open, high, low, close, volume] = [OPEN, HIGH, LOW, CLOSE, VOLUME].map((c) => placed(rows.columns[c]));
  return { instrument, intervalMs, length: rows.length, closeTs, open, high, low, close, volume };
}
