import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { advanceSum, SUM_STATE_SIZE } from './sum.ts';

export const SMA: KernelDefinition = {
  type: 'kernel',
  kind: 'sma',
  description: 'Simple moving average of the last `length` values.',
  source: 'TA-Lib SMA; the sum is compensated, so it neither drifts nor keeps a trace of a spike that has left the window.',
  inputs: ['input'],
  params: [lengthParam('length', 20, 'Candles in the window.')],
  create: ([input], [length]) =>
    createKernel(input.out.length, input.warmup + length - 1, new Float64Array(SUM_STATE_SIZE), (out, state, from, to) =>
      advanceSum(input.out, out, state, length, length, from, to),
    ),
};

/** Simple moving average of an input; default length 20. */
export function sma(input: FeatureArgument, length?: number): FeatureSpec {
  return feature(SMA, [input], [length]);
}
