import { holdsSign, type ResultBounds } from '@orrery/core';

/** The end equity under each reading of the ambiguous candles, and whether the sign of the profit holds. */
export function boundsText(bounds: ResultBounds, startEquity: string): string {
  const { pessimistic, heuristic, optimistic } = bounds;
  if (pessimistic === optimistic && pessimistic === heuristic) return `${pessimistic} USDT under each reading of the candles`;
  const sign = holdsSign(bounds, startEquity) ? 'the sign of the profit holds' : 'the sign of the profit DOES NOT HOLD';
  return `pessimistic ${pessimistic}, heuristic ${heuristic}, optimistic ${optimistic} USDT: ${sign}`;
}
