import type { Tape } from '../market/tape.ts';
import type { Levels } from './levels.ts';
import type { MarkPrices } from './mark-prices.ts';

/** Row of a tape that closes at or before `ts`: the last one, or −1. The guess by the grid is right but where candles are missing. */
export function rowAtOrBefore({ closeTs, intervalMs, length }: Tape, ts: number): number {
  if (length === 0 || closeTs[0] > ts) return -1;
  let row = Math.min(length - 1, Math.floor((ts - closeTs[0]) / intervalMs));
  while (row > 0 && closeTs[row] > ts) row--;
  while (row + 1 < length && closeTs[row + 1] <= ts) row++;
  return row;
}

/** Mark price column of a row, or the traded price where there is none (MARK-1). */
export function markHigh(tape: Tape, marks: MarkPrices | null, row: number): number {
  const mark = marks === null ? NaN : marks.high[row];
  return mark > 0 ? mark : tape.high[row];
}
export function markLow(tape: Tape, marks: MarkPrices | null, row: number): number {
  const mark = marks === null ? NaN : marks.low[row];
  return mark > 0 ? mark : tape.low[row];
}
export function markOpen(tape: Tape, marks: MarkPrices | null, row: number): number {
  const mark = marks === null ? NaN : marks.open[row];
  return mark > 0 ? mark : tape.open[row];
}
export function markClose(tape: Tape, marks: MarkPrices | null, row: number): number {
  const mark = marks === null ? NaN : marks.close[row];
  return mark > 0 ? mark : tape.close[row];
}

/** The first of the rows [from, to) that is not wholly inside the levels, or `to`. What is no number is not inside. */
export function firstOutside(tape: Tape, marks: MarkPrices | null, levels: Levels, from: number, to: number): number {
  return marks === null
    ? outsideOne(tape.high, tape.low, Math.min(levels.up, levels.markUp), Math.max(levels.down, levels.markDown), from, to)
    : outsideBoth(tape, marks, levels, from, to);
}

/** A stand-alone loop over two columns: what makes quiet candles free. */
function outsideOne(high: Float64Array, low: Float64Array, up: number, down: number, from: number, to: number): number {
  let row = from;
  while (row < to && high[row] < up && low[row] > down) row++;
  return row;
}
function outsideBoth(tape: Tape, marks: MarkPrices, { up, down, markUp, markDown }: Levels, from: number, to: number): number {
  let row = from;
  while (
    row < to &&
    tape.high[row] < up &&
    tape.low[row] > down &&
    markHigh(tape, marks, row) < markUp &&
    markLow(tape, marks, row) > markDown
  )
    row++;
  return row;
}
