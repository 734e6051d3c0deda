import { INTERVAL_MS } from '@orrery/core';
import { gridOf } from '../dataset/grid.ts';
import { roundToMinute } from '../dataset/time.ts';
import type { DatasetKey } from '../dataset/key.ts';
import { HOURS, type Rows } from '../dataset/rows.ts';
import type { TimeRange } from '../dataset/time.ts';

const HOUR = 3_600_000;

/** Parts of a range for which none of the row sets has rows, oldest first. The sets may overlap and come in any order. */
export function missingRanges(key: DatasetKey, range: TimeRange, sets: readonly Rows[]): TimeRange[] {
  return key.interval === null ? missingFunding(range, sets) : missingCandles(key.interval, range, sets);
}

function missingCandles(interval: keyof typeof INTERVAL_MS, range: TimeRange, sets: readonly Rows[]): TimeRange[] {
  const { step, offset } = gridOf(interval, sets[0]?.time[0] ?? range.from);
  const first = Math.ceil((range.from - offset) / step);
  const end = Math.ceil((range.to - offset) / step);
  const present = new Uint8Array(Math.max(0, end - first));
  for (const { time, length } of sets) {
    for (let r = 0; r < length; r++) {
      const slot = (time[r] - offset) / step - first;
      if (slot >= 0 && slot < present.length) present[slot] = 1;
    }
  }
  const missing: TimeRange[] = [];
  for (let slot = 0; slot < present.length; slot++) {
    if (present[slot] === 1) continue;
    const from = slot;
    while (slot < present.length && present[slot] === 0) slot++;
    missing.push({ from: (first + from) * step + offset, to: (first + slot) * step + offset });
  }
  return missing;
}

/** Funding has no grid that is known beforehand: a row is missing where the next one is later than the stated interval. */
function missingFunding(range: TimeRange, sets: readonly Rows[]): TimeRange[] {
  const known = sets
    .flatMap((rows) =>
      Array.from({ length: rows.length }, (_, r) => ({ time: roundToMinute(rows.time[r]), span: rows.columns[HOURS][r] * HOUR })),
    )
    .filter(({ time }) => time >= range.from && time < range.to)
    .sort((a, b) => a.time - b.time);
  if (known.length === 0) return [range];
  const missing: TimeRange[] = [];
  const [first, last] = [known[0], known[known.length - 1]];
  if (first.time - range.from >= first.span) missing.push({ from: range.from, to: first.time });
  for (let k = 1; k < known.length; k++) {
    const span = Math.max(known[k - 1].span, known[k].span);
    if (known[k].time - known[k - 1].time > span) missing.push({ from: known[k - 1].time + 60_000, to: known[k].time });
  }
  if (last.time + last.span < range.to) missing.push({ from: last.time + 60_000, to: range.to });
  return missing;
}
