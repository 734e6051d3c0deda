import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

const POSITION = 0;
const HAS_BLOCK = 1;
const EXTREME = 2;
/** First of `length` slots: the extreme of the last full block from that row on. */
const ENDS = 3;

export const ROLLING_MAX: KernelDefinition = {
  type: 'kernel',
  kind: 'rolling_max',
  description: 'Largest of the last `length` values.',
  source: 'TA-Lib MAX; algorithm of van Herk (1992) and Gil and Werman (1993).',
  inputs: ['input'],
  params: [lengthParam('length', 20, 'Candles in the window.')],
  create: ([input], [length]) =>
    createKernel(input.out.length, input.warmup + length - 1, new Float64Array(ENDS + length), (out, state, from, to) => {
      advanceRollingMax(input.out, out, state, length, from, to);
    }),
};

/** Largest value of an input over a window; default length 20. */
export function rollingMax(input: FeatureArgument, length?: number): FeatureSpec {
  return feature(ROLLING_MAX, [input], [length]);
}

/**
 * The window is the end of the last full block of `length` rows and the beginning of the current one. What leaves is never
 * subtracted: the ends are prepared once a block, backwards, so a row costs three comparisons whatever the length.
 */
function advanceRollingMax(input: Float64Array, out: Float64Array, state: Float64Array, length: number, from: number, to: number): void {
  let position = state[POSITION] | 0;
  let hasBlock = state[HAS_BLOCK] | 0;
  let extreme = state[EXTREME];
  for (let i = from; i < to; i++) {
    const x = input[i];
    out[i] = NaN;
    if (!Number.isFinite(x)) {
      position = 0;
      hasBlock = 0;
      continue;
    }
    extreme = position === 0 ? x : Math.max(extreme, x);
    position++;
    if (position === length) {
      out[i] = extreme;
      let end = x;
      for (let k = length - 1; k >= 0; k--) {
        end = Math.max(end, input[i - length + 1 + k]);
        state[ENDS + k] = end;
      }
      position = 0;
      hasBlock = 1;
    } else if (hasBlock === 1) {
      out[i] = Math.max(state[ENDS + position], extreme);
    }
  }
  state[POSITION] = position;
  state[HAS_BLOCK] = hasBlock;
  state[EXTREME] = extreme;
}
