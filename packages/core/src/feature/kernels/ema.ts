import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

const SEEN = 0;
const VALUE = 1;

export const EMA: KernelDefinition = {
  type: 'kernel',
  kind: 'ema',
  description: 'Exponential moving average: the newest value weighs 2/(length+1).',
  source: 'TA-Lib EMA: the first value is the simple average of the first `length` values.',
  inputs: ['input'],
  params: [lengthParam('length', 20, 'Candles until the weight has fallen to about 14 %.')],
  create: ([input], [length]) =>
    createKernel(input.out.length, input.warmup + length - 1, new Float64Array(2), (out, state, from, to) =>
      advanceEma(input.out, out, state, length, 2 / (length + 1), from, to),
    ),
};

/** Exponential moving average of an input; default length 20. */
export function ema(input: FeatureArgument, length?: number): FeatureSpec {
  return feature(EMA, [input], [length]);
}

/** Average with the given weight of the newest value, seeded by a plain mean over `length` values; Wilder's average is one, too. */
export function advanceEma(
  input: Float64Array,
  out: Float64Array,
  state: Float64Array,
  length: number,
  weight: number,
  from: number,
  to: number,
): void {
  let seen = state[SEEN] | 0;
  let value = state[VALUE];
  for (let i = from; i < to; i++) {
    const x = input[i];
    if (!Number.isFinite(x)) {
      seen = 0;
      value = 0;
      out[i] = NaN;
    } else if (seen === length) {
      value += (x - value) * weight;
      out[i] = value;
    } else {
      seen++;
      value += x;
      if (seen === length) value /= length;
      out[i] = seen === length ? value : NaN;
    }
  }
  state[SEEN] = seen;
  state[VALUE] = value;
}
