import { toTicks, type Instrument, type Tape, type Ticks } from '@orrery/core';

/** The price that positions are valued at for a funding instant: the first open at or after it; null where the data end before. */
export function fundingMark(instrument: Instrument, tape: Tape, time: number): Ticks | null {
  const { closeTs, intervalMs, length } = tape;
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (closeTs[middle] - intervalMs + 1 < time) low = middle + 1;
    else high = middle;
  }
  return low === length ? null : toTicks(instrument, tape.open[low]);
}
