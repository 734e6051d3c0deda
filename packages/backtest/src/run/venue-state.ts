import type { MarginSample, SimVenue } from '@orrery/core';

/** What the venue knows of its own account. */
export function marginSnapshot(venue: SimVenue): MarginSample {
  const { marginSnapshot: snapshot } = venue as { marginSnapshot?: () => MarginSample };
  return snapshot === undefined ? { ratio: 0, distance: null } : snapshot.call(venue);
}

/** Candles that finer ones decided inside, and those that were not covered by them. */
export function fineCounts(venue: SimVenue): { readonly fineCandles: number; readonly coarseCandles: number } {
  const { fineCandles = 0, coarseCandles = 0 } = venue as { fineCandles?: number; coarseCandles?: number };
  return { fineCandles, coarseCandles };
}
