import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

export const CROSS_OVER: KernelDefinition = {
  type: 'kernel',
  kind: 'cross_over',
  description: '1 at the candle where a comes to lie above b, else 0.',
  source: 'a > b and previous a ≤ previous b; NaN where any of the four is.',
  inputs: ['a', 'b'],
  params: [],
  takesNumbers: true,
  create: ([a, b]) =>
    createKernel(a.out.length, Math.max(a.warmup, b.warmup) + 1, new Float64Array(0), (out, _state, from, to) => {
      advanceCrossOver(a.out, b.out, out, from, to);
    }),
};

/** 1 where the first input comes to lie above the second, else 0; either may be a number. */
export function crossOver(a: FeatureArgument, b: FeatureArgument): FeatureSpec {
  return feature(CROSS_OVER, [a, b]);
}

function advanceCrossOver(a: Float64Array, b: Float64Array, out: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    // The sum is NaN exactly where one of the four is missing, or infinities of both signs meet.
    const known = i > 0 && Number.isFinite(a[i] + b[i] + a[i - 1] + b[i - 1]);
    out[i] = known ? (a[i] > b[i] && a[i - 1] <= b[i - 1] ? 1 : 0) : NaN;
  }
}
