import { holdsSign, parseSats, type ResultBounds } from '@orrery/core';

/** What three readings of the ambiguous candles say about a result. Sats. */
export interface BoundsVerdict {
  readonly low: number;
  readonly high: number;
  readonly holds: boolean;
  /** Whether the run gains whatever the order was, in words. */
  readonly text: string;
}

/** Interval of the end equity and whether it lies on one side of the start. */
export function boundsVerdict(bounds: ResultBounds, startEquity: string): BoundsVerdict {
  const ends = [bounds.pessimistic, bounds.heuristic, bounds.optimistic].map((text) => parseSats(text));
  const start = parseSats(startEquity);
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  const holds = holdsSign(bounds, startEquity);
  return {
    low,
    high,
    holds,
    text: holds
      ? `The sign holds: ${sideOf(low, start)}.`
      : 'The sign does not hold: not all readings end on the same side of the start equity.',
  };
}

function sideOf(low: number, start: number): string {
  if (low === start) return 'every reading ends at the start equity';
  return low > start ? 'every reading ends with a gain' : 'every reading ends with a loss';
}
