import type { Direction } from './score.ts';
import { LARGEST_REWARD, LEAST_REWARD } from './levels.ts';

/** Most levels of a side that are remembered; of more, the farthest are let go. */
const CAPACITY = 64;
/** Nearest level, times the side; Infinity where there is none. */
const NEAREST = 0;
const COUNT = 1;
const FIRST_LEVEL = 2;
/** Words that the levels of one side are held in. */
export const LEVELS_WORDS: number = FIRST_LEVEL + CAPACITY;

/**
 * Levels that the price has not gone beyond since they are known: targets. Those above (side 1) are held as they are, those below
 * (side −1) times −1, so that both sides are the same arithmetic; the farthest comes first.
 */
export function resetLevels(state: Float64Array): void {
  state.fill(0);
  state[NEAREST] = Infinity;
}

/** Remembers a level, unless it is there. */
export function addLevel(state: Float64Array, side: Direction, price: number): void {
  const level = side * price;
  let end = FIRST_LEVEL + state[COUNT];
  let at = end;
  while (at > FIRST_LEVEL && state[at - 1] < level) at -= 1;
  if (at > FIRST_LEVEL && state[at - 1] === level) return;
  if (state[COUNT] === CAPACITY) {
    if (at === FIRST_LEVEL) return;
    state.copyWithin(FIRST_LEVEL, FIRST_LEVEL + 1, at);
    at -= 1;
  } else {
    state.copyWithin(at + 1, at, end);
    state[COUNT] += 1;
    end += 1;
  }
  state[at] = level;
  state[NEAREST] = state[end - 1];
}

/** Lets go of the levels that a candle went beyond. @param extreme its high for side 1, its low for side −1 */
export function takeLevels(state: Float64Array, side: Direction, extreme: number): void {
  const reached = side * extreme;
  if (!(reached > state[NEAREST])) return;
  let count = state[COUNT];
  while (count > 0 && state[FIRST_LEVEL + count - 1] < reached) count -= 1;
  state[COUNT] = count;
  state[NEAREST] = count > 0 ? state[FIRST_LEVEL + count - 1] : Infinity;
}

/** Distance from the entry to the nearest level that is 1.5 to 5 risks away; NaN where there is none (SIG-4). */
export function targetDistance(state: Float64Array, side: Direction, entry: number, risk: number): number {
  for (let at = FIRST_LEVEL + state[COUNT] - 1; at >= FIRST_LEVEL; at--) {
    const distance = state[at] - side * entry;
    if (distance > LARGEST_REWARD * risk) return NaN;
    if (distance >= LEAST_REWARD * risk) return distance;
  }
  return NaN;
}
