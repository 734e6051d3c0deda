import type { Tape } from '@orrery/core';

/**
 * Equal-weight buy-and-hold at each time: the mean over symbols of close / first close, 1 before a symbol's first candle.
 * @param times ascending, ms UTC
 */
export function buyAndHold(tapes: readonly Tape[], times: readonly number[]): number[] {
  const sums = new Float64Array(times.length);
  for (const { closeTs, close, length } of tapes) {
    const base = close[0] ?? NaN;
    let row = 0;
    for (const [k, time] of times.entries()) {
      while (row < length && (closeTs[row] ?? Infinity) <= time) row += 1;
      sums[k] = (sums[k] ?? 0) + (row === 0 ? 1 : (close[row - 1] ?? NaN) / base);
    }
  }
  return Array.from(sums, (sum) => sum / tapes.length);
}
