import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { VANISHED } from './vanished.ts';

const SEEN = 0;
const PREVIOUS = 1;
const GAIN = 2;
const LOSS = 3;

export const RSI: KernelDefinition = {
  type: 'kernel',
  kind: 'rsi',
  description: 'Relative strength index after Wilder, 0 to 100: the share of the rises in all movement.',
  source:
    'TA-Lib RSI: averages seeded over the first `length` changes, so the first value is at row `length`. A market that never moved, or has not for thousands of candles, gives 0.',
  inputs: ['input'],
  params: [lengthParam('length', 14, 'Changes that are averaged.', 2)],
  create: ([input], [length]) =>
    createKernel(input.out.length, input.warmup + length, new Float64Array(4), (out, state, from, to) =>
      advanceRsi(input.out, out, state, length, from, to),
    ),
};

/** Wilder's relative strength index of an input; default length 14. */
export function rsi(input: FeatureArgument, length?: number): FeatureSpec {
  return feature(RSI, [input], [length]);
}

function advanceRsi(input: Float64Array, out: Float64Array, state: Float64Array, length: number, from: number, to: number): void {
  const weight = 1 / length;
  let seen = state[SEEN] | 0;
  let previous = state[PREVIOUS];
  let gain = state[GAIN];
  let loss = state[LOSS];
  for (let i = from; i < to; i++) {
    const x = input[i];
    out[i] = NaN;
    if (!Number.isFinite(x)) {
      seen = 0;
      continue;
    }
    const change = x - previous;
    const rise = Math.max(change, 0);
    const fall = Math.max(-change, 0);
    previous = x;
    if (seen > length) {
      gain += (rise - gain) * weight;
      loss += (fall - loss) * weight;
      if (gain + loss < VANISHED) {
        gain = 0;
        loss = 0;
      }
    } else {
      gain = seen === 0 ? 0 : gain + rise;
      loss = seen === 0 ? 0 : loss + fall;
      seen++;
      if (seen <= length) continue;
      gain /= length;
      loss /= length;
    }
    const both = gain + loss;
    out[i] = both === 0 ? 0 : 100 * (gain / both);
  }
  state[SEEN] = seen;
  state[PREVIOUS] = previous;
  state[GAIN] = gain;
  state[LOSS] = loss;
}
