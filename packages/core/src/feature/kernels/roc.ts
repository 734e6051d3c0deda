import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

export const ROC: KernelDefinition = {
  type: 'kernel',
  kind: 'roc',
  description: 'Rate of change over `length` candles, in percent.',
  source: 'TA-Lib ROC: (a[i] / a[i − length] − 1) · 100; 0 where the earlier value is 0.',
  inputs: ['input'],
  params: [lengthParam('length', 10, 'Candles to look back.')],
  create: ([input], [length]) =>
    createKernel(input.out.length, input.warmup + length, new Float64Array(0), (out, _state, from, to) => {
      advanceRoc(input.out, out, length, from, to);
    }),
};

/** Change of an input over some candles in percent; default 10. */
export function roc(input: FeatureArgument, length?: number): FeatureSpec {
  return feature(ROC, [input], [length]);
}

function advanceRoc(input: Float64Array, out: Float64Array, length: number, from: number, to: number): void {
  for (let i = from; i < to; i++) out[i] = i < length ? NaN : change(input[i], input[i - length]);
}

function change(now: number, before: number): number {
  return before === 0 && now === now ? 0 : (now / before - 1) * 100;
}
