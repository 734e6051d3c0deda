import type { Tape } from '../market/tape.ts';
import { LEAST_GAP_ATR } from './limits.ts';

/**
 * Height of the fair value gap that the row completes (STR-7): above 0 bullish, below 0 bearish, 0 where there is none, or where it is
 * too low. Its edges are the extremes of the row and of the one two before.
 * @param atr of the row; NaN finds nothing
 */
export function gapAt({ open, high, low, close }: Tape, row: number, atr: number): number {
  const up = low[row] - high[row - 2];
  if (up > 0) return close[row - 1] > open[row - 1] && up >= LEAST_GAP_ATR * atr ? up : 0;
  const down = low[row - 2] - high[row];
  if (down > 0) return close[row - 1] < open[row - 1] && down >= LEAST_GAP_ATR * atr ? -down : 0;
  return 0;
}
