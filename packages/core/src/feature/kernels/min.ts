import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

export const MIN: KernelDefinition = {
  type: 'kernel',
  kind: 'min',
  description: 'The smaller of two inputs, row by row.',
  source: 'min(a, b); NaN where either is.',
  inputs: ['a', 'b'],
  params: [],
  takesNumbers: true,
  create: ([a, b]) =>
    createKernel(a.out.length, Math.max(a.warmup, b.warmup), new Float64Array(0), (out, _state, from, to) => {
      advanceSmaller(a.out, b.out, out, from, to);
    }),
};

/** The smaller of two inputs; either may be a number. */
export function min(a: FeatureArgument, b: FeatureArgument): FeatureSpec {
  return feature(MIN, [a, b]);
}

function advanceSmaller(a: Float64Array, b: Float64Array, out: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) out[i] = Math.min(a[i], b[i]);
}
