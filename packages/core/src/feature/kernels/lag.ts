import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

export const LAG: KernelDefinition = {
  type: 'kernel',
  kind: 'lag',
  description: 'The value `length` candles ago.',
  source: 'a[i − length]; 0 gives the input itself.',
  inputs: ['input'],
  params: [lengthParam('length', 1, 'Candles to look back.', 0)],
  create: ([input], [length]) =>
    createKernel(input.out.length, input.warmup + length, new Float64Array(0), (out, _state, from, to) => {
      advanceLag(input.out, out, length, from, to);
    }),
};

/** An input as it was some candles ago; default 1. */
export function lag(input: FeatureArgument, length?: number): FeatureSpec {
  return feature(LAG, [input], [length]);
}

function advanceLag(input: Float64Array, out: Float64Array, length: number, from: number, to: number): void {
  for (let i = from; i < to; i++) out[i] = i < length ? NaN : input[i - length];
}
