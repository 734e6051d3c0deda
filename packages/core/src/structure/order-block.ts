import type { Tape } from '../market/tape.ts';
import { gapAt } from './fair-value-gap.ts';
import { VOLUME_WINDOW } from './limits.ts';
import { saturate } from './saturate.ts';

/** The break that an order block is looked for behind. */
export interface Break {
  /** 1 upwards, −1 downwards. */
  readonly sign: number;
  /** Row that closed beyond the swing. */
  readonly row: number;
  /** First row that is searched: the one behind the broken swing. */
  readonly first: number;
  /** atr(14) at the break. */
  readonly atr: number;
  /** Mean volume up to the break. */
  readonly meanVolume: number;
}

/** The last candle before the break whose body goes against it (STR-5), or −1. */
export function lastOppositeCandle({ open, close }: Tape, { sign, row, first }: Break): number {
  for (let k = row - 1; k >= first; k--) if (sign * (close[k] - open[k]) < 0) return k;
  return -1;
}

/** The candle that reached furthest against the break (STR-5), the last one of equals, or −1. */
export function extremeCandle({ high, low }: Tape, { sign, row, first }: Break): number {
  const extremes = sign > 0 ? low : high;
  let best = -1;
  for (let k = row - 1; k >= first; k--) if (best < 0 || sign * extremes[k] < sign * extremes[best]) best = k;
  return best;
}

/**
 * Quality of an order block in [0,1]: the mean of displacement, volume and imbalance of its impulse, which are the rows behind it up to
 * the break (STR-5).
 * @param block row of the order block
 */
export function orderBlockQuality(tape: Tape, { sign, row, atr, meanVolume }: Break, block: number): number {
  const impulse = block + 1;
  const displacement = saturate(sign * (tape.close[row] - tape.open[impulse]), atr);
  const volume = saturate(meanOf(tape.volume, impulse, row), meanVolume);
  return (displacement + volume + (hasGap(tape, sign, impulse, row, atr) ? 1 : 0)) / 3;
}

/** Mean volume of the candles up to a row, as many as there are since `start`. */
export function meanVolumeUpTo({ volume }: Tape, row: number, start: number): number {
  return meanOf(volume, Math.max(start, row + 1 - VOLUME_WINDOW), row);
}

/** Whether a candle of the impulse, the last one aside, left a gap in its direction. */
function hasGap(tape: Tape, sign: number, impulse: number, last: number, atr: number): boolean {
  for (let k = impulse + 1; k <= last; k++) if (sign * gapAt(tape, k, atr) > 0) return true;
  return false;
}

function meanOf(values: Float64Array, first: number, last: number): number {
  let sum = 0;
  for (let k = first; k <= last; k++) sum += values[k];
  return sum / (last - first + 1);
}
