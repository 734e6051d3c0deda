import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

const SEEN = 0;
/** First of `length` slots: the window, sorted. */
const SORTED = 1;

export const ROLLING_RANK: KernelDefinition = {
  type: 'kernel',
  kind: 'rolling_rank',
  description: 'Part of the last `length` values that are not above the newest one, from 1/length to 1.',
  source:
    'Empirical distribution function of the window at its newest value. The window is kept sorted: a row costs two binary searches and one move of memory.',
  inputs: ['input'],
  params: [lengthParam('length', 20, 'Candles in the window.', 2)],
  create: ([input], [length]) =>
    createKernel(input.out.length, input.warmup + length - 1, new Float64Array(SORTED + length), (out, state, from, to) => {
      advanceRollingRank(input.out, out, state, length, from, to);
    }),
};

/** Rank of an input in its window; default length 20. */
export function rollingRank(input: FeatureArgument, length?: number): FeatureSpec {
  return feature(ROLLING_RANK, [input], [length]);
}

function advanceRollingRank(input: Float64Array, out: Float64Array, state: Float64Array, length: number, from: number, to: number): void {
  let seen = state[SEEN] | 0;
  for (let i = from; i < to; i++) {
    const x = input[i];
    out[i] = NaN;
    if (!Number.isFinite(x)) {
      seen = 0;
      continue;
    }
    const upper = countUpTo(state, seen, x);
    if (seen < length) {
      state.copyWithin(SORTED + upper + 1, SORTED + upper, SORTED + seen);
      state[SORTED + upper] = x;
      seen++;
      if (seen === length) out[i] = (upper + 1) / length;
      continue;
    }
    const old = input[i - length];
    const gone = countUpTo(state, length, old) - 1;
    let place = upper;
    if (gone < upper) {
      place = upper - 1;
      state.copyWithin(SORTED + gone, SORTED + gone + 1, SORTED + upper);
    } else {
      state.copyWithin(SORTED + upper + 1, SORTED + upper, SORTED + gone);
    }
    state[SORTED + place] = x;
    out[i] = (place + 1) / length;
  }
  state[SEEN] = seen;
}

/** How many of the first `count` sorted values are not above x. */
function countUpTo(state: Float64Array, count: number, x: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (state[SORTED + middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
