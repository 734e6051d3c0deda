import { INTERVAL_MS } from '@orrery/core';
import type { DatasetKey } from './key.ts';
import { HOURS, type Rows } from './rows.ts';
import { roundToMinute } from './time.ts';

/** Rows that are not there: open times of the first and the last missing one, ms UTC, and their number. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly missing: number;
}

const HOUR = 3_600_000;

/** Gaps between neighbouring rows. The time before the first row and after the last is no gap: listings begin and end. */
export function findGaps(key: DatasetKey, rows: Rows): Gap[] {
  const gaps: Gap[] = [];
  const { time, columns } = rows;
  const hours = columns[HOURS];
  const usual = key.interval === null ? Number.NaN : INTERVAL_MS[key.interval];
  for (let r = 1; r < rows.length; r++) {
    // Nearly every row is where it should be.
    if (time[r] - time[r - 1] === usual) continue;
    const step = key.interval === null ? Math.max(hours[r - 1], hours[r]) * HOUR : INTERVAL_MS[key.interval];
    const gap = gapBetween(key, time[r - 1], time[r], step);
    if (gap !== null) gaps.push(gap);
  }
  return gaps;
}

/** Gap between two rows that follow each other, or null when the second is where it should be. Funding times jitter, so they are compared by the minute. */
export function gapBetween(key: DatasetKey, before: number, after: number, step: number): Gap | null {
  const first = key.interval === null ? roundToMinute(before) : before;
  const last = key.interval === null ? roundToMinute(after) : after;
  const missing = Math.ceil((last - first) / step) - 1;
  return missing <= 0 ? null : { from: first + step, to: first + missing * step, missing };
}
