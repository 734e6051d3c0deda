import { createRandom, type Random } from './random.ts';

/** How to draw a value, and how to make one simpler. Same seed, same value, on every machine. */
export interface Arbitrary<T> {
  readonly generate: (random: Random) => T;
  /** Simpler values of the same kind, the boldest simplification first. Ends, however often it is applied in turn. */
  readonly shrink: (value: T) => Iterable<T>;
}

/** The value that a seed (any whole number) stands for. */
export function sample<T>(arbitrary: Arbitrary<T>, seed: number): T {
  return arbitrary.generate(createRandom(seed));
}

/**
 * A value as simple as can be found that still fails, beginning with one that does.
 * @param tries how often `fails` is called at most
 */
export function minimise<T>(arbitrary: Arbitrary<T>, value: T, fails: (candidate: T) => boolean, tries: number = 1000): T {
  let best = value;
  let left = tries;
  for (let isSimpler = true; isSimpler;) {
    isSimpler = false;
    for (const candidate of arbitrary.shrink(best)) {
      if (left-- <= 0) return best;
      if (!fails(candidate)) continue;
      best = candidate;
      isSimpler = true;
      break;
    }
  }
  return best;
}

/** A list without each of its stretches, the longest first: the empty list, halves, quarters, … single items. */
export function* shorter<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let size = list.length; size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let end = list.length; end > 0; end -= size) yield [...list.slice(0, Math.max(0, end - size)), ...list.slice(end)];
  }
}
