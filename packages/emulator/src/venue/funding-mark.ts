import type { MarkPrices, Tape } from '@orrery/core';

/** The price that positions are valued at for a funding time: the first mark open at or after it, quote units; null where the data end before. */
export function fundingMark(tape: Tape, marks: MarkPrices | null, time: number): number | null {
  const { closeTs, intervalMs, length } = tape;
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (closeTs[middle] - intervalMs + 1 < time) low = middle + 1;
    else high = middle;
  }
  if (low === length) return null;
  const mark = marks === null ? NaN : marks.open[low];
  return mark > 0 ? mark : tape.open[low];
}
