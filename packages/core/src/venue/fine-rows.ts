import type { Tape } from '../market/tape.ts';
import type { FineCandles } from './venue-market.ts';
import { rowAtOrBefore } from './price-rows.ts';

/** Rows of the finer candles that make up one of the coarse ones, from included, to excluded. */
export interface FineSpan {
  readonly from: number;
  readonly to: number;
}

/** The finer candles inside a candle, or null where not all of them are there (FINE-1). */
export function fineSpanOf(fine: FineCandles, tape: Tape, row: number): FineSpan | null {
  const close = tape.closeTs[row];
  const last = rowAtOrBefore(fine.tape, close);
  if (last < 0 || fine.tape.closeTs[last] !== close) return null;
  const count = Math.round(tape.intervalMs / fine.tape.intervalMs);
  const from = last - count + 1;
  if (from < 0 || fine.tape.closeTs[from] !== close - tape.intervalMs + fine.tape.intervalMs) return null;
  return { from, to: last + 1 };
}
