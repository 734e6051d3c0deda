import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition, type Source } from '../definition.ts';
import type { Kernel } from '../kernel.ts';
import type { FeatureSpec } from '../spec.ts';
import { advanceEma } from './ema.ts';

export const RMA: KernelDefinition = {
  type: 'kernel',
  kind: 'rma',
  description: "Wilder's moving average: the newest value weighs 1/length.",
  source:
    'J. W. Wilder, New Concepts in Technical Trading Systems (1978); seeded with the simple average as TA-Lib does inside RSI and ATR.',
  inputs: ['input'],
  params: [lengthParam('length', 14, 'Candles; the memory is about that of an EMA of 2·length − 1.')],
  create: ([input], [length]) => createRma(input, length),
};

/** Wilder's moving average of an input; default length 14. */
export function rma(input: FeatureArgument, length?: number): FeatureSpec {
  return feature(RMA, [input], [length]);
}

export function createRma(input: Source, length: number): Kernel {
  return createKernel(input.out.length, input.warmup + length - 1, new Float64Array(2), (out, state, from, to) =>
    advanceEma(input.out, out, state, length, 1 / length, from, to),
  );
}
