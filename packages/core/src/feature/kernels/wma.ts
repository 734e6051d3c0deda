import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

const POSITION = 0;
const HAS_BLOCK = 1;
const SUM = 2;
const WEIGHTED = 3;
/** First of `length` slots: from that row of the last full block on, the sum with weights 1, 2, 3, … */
const ENDS = 4;

export const WMA: KernelDefinition = {
  type: 'kernel',
  kind: 'wma',
  description: 'Linearly weighted moving average: the newest value weighs `length`, the oldest 1.',
  source: 'TA-Lib WMA.',
  inputs: ['input'],
  params: [lengthParam('length', 20, 'Candles in the window.')],
  create: ([input], [length]) =>
    createKernel(input.out.length, input.warmup + length - 1, new Float64Array(ENDS + length), (out, state, from, to) => {
      advanceWma(input.out, out, state, length, from, to);
    }),
};

/** Linearly weighted moving average of an input; default length 20. */
export function wma(input: FeatureArgument, length?: number): FeatureSpec {
  return feature(WMA, [input], [length]);
}

/**
 * The window is the end of the last full block of `length` rows and the beginning of the current one. What leaves is never
 * subtracted: the ends are prepared once a block, backwards, so there is nothing that could drift.
 */
function advanceWma(input: Float64Array, out: Float64Array, state: Float64Array, length: number, from: number, to: number): void {
  const divisor = (length * (length + 1)) / 2;
  let position = state[POSITION] | 0;
  let hasBlock = state[HAS_BLOCK] | 0;
  let sum = state[SUM];
  let weighted = state[WEIGHTED];
  for (let i = from; i < to; i++) {
    const x = input[i];
    out[i] = NaN;
    if (!Number.isFinite(x)) {
      position = 0;
      hasBlock = 0;
      sum = 0;
      weighted = 0;
      continue;
    }
    position++;
    sum += x;
    weighted += position * x;
    if (position === length) {
      out[i] = weighted / divisor;
      sum = 0;
      weighted = 0;
      for (let k = length - 1; k >= 0; k--) {
        sum += input[i - length + 1 + k];
        weighted += sum;
        state[ENDS + k] = weighted;
      }
      position = 0;
      hasBlock = 1;
      sum = 0;
      weighted = 0;
    } else if (hasBlock === 1) {
      out[i] = (state[ENDS + position] + (length - position) * sum + weighted) / divisor;
    }
  }
  state[POSITION] = position;
  state[HAS_BLOCK] = hasBlock;
  state[SUM] = sum;
  state[WEIGHTED] = weighted;
}
