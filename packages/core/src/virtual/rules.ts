/** Part of the way from the entry to the target, or to the stop, from which a position is near it (VIRT-5). */
export const NEAR_SHARE = 0.8;
/** Losses, as parts of the stop distance, at which a rebound is asked for (VIRT-8). */
export const GRADES = { graded_50: 0.5, graded_80: 0.8 } as const;
/** Least probability of a rebound to stay in at a grade, and of going on to move the target away (VIRT-8, VIRT-9). */
export const THRESHOLDS = { graded_50: 0.25, graded_80: 0.4, near_target: 0.7 } as const;
/** Part of its first distance by which a target is moved away, once. */
export const EXTENSION = 0.5;
/** Closed positions that the win rate looks back on. */
export const WIN_RATE_WINDOW = 100;

/** What a position asks: whether it will rebound, or go on beyond its target. */
export type VirtualQuestionKind = keyof typeof THRESHOLDS;

/**
 * How many looks a position is spared after one, by its distance from the nearest level in stop distances (VIRT-7): near a level none,
 * far from all of them seven of eight.
 */
export function sparedLooks(distance: number): number {
  if (distance >= 1) return 7;
  if (distance >= 0.5) return 3;
  return distance >= 0.25 ? 1 : 0;
}

/**
 * The probability that stands in where no model gives one: half the part of the way back from the worst price (or of the way to
 * the target) that the close holds, half the win rate; in [0,1].
 */
export function statisticalProbability(held: number, winRate: number): number {
  const part = held > 0 ? Math.min(1, held) : 0;
  return 0.5 * part + 0.5 * winRate;
}
