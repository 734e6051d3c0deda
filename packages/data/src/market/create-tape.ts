import type { InstrumentId, Tape } from '@orrery/core';
import { CLOSE, HIGH, LOW, OPEN, VOLUME, type Rows } from '../dataset/rows.ts';

/** Columns without a copy: the rows must have been made for this tape alone. */
export function createTapeOf(instrument: InstrumentId, intervalMs: number, rows: Rows): Tape {
  const closeTs = rows.time.map((time) => time + intervalMs - 1);
  const [open, high, low, close, volume] = [OPEN, HIGH, LOW, CLOSE, VOLUME].map((c) => rows.columns[c]);
  return { instrument, intervalMs, length: rows.length, closeTs, open, high, low, close, volume };
}
