import { SIGNAL_DIRECTION, SIGNAL_ENTRY, SIGNAL_STOP, SIGNAL_TARGET } from './signal-event.ts';
import type { Direction } from './score.ts';

/** In ATRs: between what the stop protects and the stop, and the least and largest risk. */
const STOP_BUFFER = 0.25;
const LEAST_RISK = 0.5;
const LARGEST_RISK = 4;
/** In risks: the least and largest reward of a target at a level, and the reward where there is no such level. */
export const LEAST_REWARD = 1.5;
export const LARGEST_REWARD = 5;
export const PLAIN_REWARD = 2;

/**
 * An average true range as levels are made of it: of 24 binary digits, so that what is added to a price in whole ticks
 * is exact, and a mirrored market has the mirrored levels to the last bit.
 */
export function levelRange(atr: number): number {
  return Math.fround(atr);
}

/**
 * Distance of the stop from the entry (SIG-4): a quarter ATR beyond what it protects, at least half an ATR; NaN where that is more
 * than 4 ATRs, or the price is already beyond.
 * @param edge distance from the entry to what the stop protects, above 0 on the side of the stop
 * @param atr of {@link levelRange}
 */
export function riskOf(edge: number, atr: number): number {
  if (!(edge >= 0)) return NaN;
  const risk = Math.max(edge + STOP_BUFFER * atr, LEAST_RISK * atr);
  return risk <= LARGEST_RISK * atr ? risk : NaN;
}

/** The reward of a level at this distance, or that of no level: twice the risk where it would be below 1.5 or above 5 risks (SIG-4). */
export function rewardOf(distance: number, risk: number): number {
  return distance >= LEAST_REWARD * risk && distance <= LARGEST_REWARD * risk ? distance : PLAIN_REWARD * risk;
}

export function writeLevels(words: Float64Array, direction: Direction, entry: number, risk: number, reward: number): void {
  words[SIGNAL_DIRECTION] = direction;
  words[SIGNAL_ENTRY] = entry;
  words[SIGNAL_STOP] = entry - direction * risk;
  words[SIGNAL_TARGET] = entry + direction * reward;
}
