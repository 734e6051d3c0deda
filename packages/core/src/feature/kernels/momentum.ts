import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

export const MOMENTUM: KernelDefinition = {
  type: 'kernel',
  kind: 'momentum',
  description: 'Change over `length` candles, in units of the input.',
  source: 'TA-Lib MOM: a[i] − a[i − length].',
  inputs: ['input'],
  params: [lengthParam('length', 10, 'Candles to look back.')],
  create: ([input], [length]) =>
    createKernel(input.out.length, input.warmup + length, new Float64Array(0), (out, _state, from, to) => {
      advanceMomentum(input.out, out, length, from, to);
    }),
};

/** Change of an input over some candles; default 10. */
export function momentum(input: FeatureArgument, length?: number): FeatureSpec {
  return feature(MOMENTUM, [input], [length]);
}

function advanceMomentum(input: Float64Array, out: Float64Array, length: number, from: number, to: number): void {
  for (let i = from; i < to; i++) out[i] = i < length ? NaN : input[i] - input[i - length];
}
