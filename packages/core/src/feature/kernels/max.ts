import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

export const MAX: KernelDefinition = {
  type: 'kernel',
  kind: 'max',
  description: 'The larger of two inputs, row by row.',
  source: 'max(a, b); NaN where either is.',
  inputs: ['a', 'b'],
  params: [],
  takesNumbers: true,
  create: ([a, b]) =>
    createKernel(a.out.length, Math.max(a.warmup, b.warmup), new Float64Array(0), (out, _state, from, to) => {
      advanceLarger(a.out, b.out, out, from, to);
    }),
};

/** The larger of two inputs; either may be a number. */
export function max(a: FeatureArgument, b: FeatureArgument): FeatureSpec {
  return feature(MAX, [a, b]);
}

function advanceLarger(a: Float64Array, b: Float64Array, out: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) out[i] = Math.max(a[i], b[i]);
}
