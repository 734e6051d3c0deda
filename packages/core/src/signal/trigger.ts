import { SIGNAL_REASONS, type SignalReason } from './signal-event.ts';

/** Reasons as bits; 0 while nothing has triggered. */
export const BITS = 0;
/** Distance from the entry to the stop that the best trigger asks for. */
export const RISK = 1;
/** Of the best trigger, each in [0,1]. */
export const ZONE_QUALITY = 2;
export const FRESHNESS = 3;
/** Words that one direction's triggers of a row are gathered in. */
export const TRIGGER_WORDS = 4;

/** The bit of a reason. */
export function reasonBit(reason: SignalReason): number {
  return 1 << SIGNAL_REASONS.indexOf(reason);
}

/**
 * Adds a trigger to those of its direction at the row. The best gives stop, quality and freshness: the one with the largest product of
 * the last two; of equals the one of the higher quality, then of the larger risk. So the order in which they come is of no matter.
 * @param risk NaN where there is no room for a stop: then it is no trigger
 * @returns whether it is one
 */
export function addTrigger(state: Float64Array, bit: number, risk: number, quality: number, freshness: number): boolean {
  if (!(risk > 0)) return false;
  const isFirst = state[BITS] === 0;
  state[BITS] |= bit;
  if (!isFirst) {
    const gain = quality * freshness - state[ZONE_QUALITY] * state[FRESHNESS] || quality - state[ZONE_QUALITY] || risk - state[RISK];
    if (gain <= 0) return true;
  }
  state[RISK] = risk;
  state[ZONE_QUALITY] = quality;
  state[FRESHNESS] = freshness;
  return true;
}
