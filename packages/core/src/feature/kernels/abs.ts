import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

export const ABS: KernelDefinition = {
  type: 'kernel',
  kind: 'abs',
  description: 'Absolute value.',
  source: '|a|.',
  inputs: ['a'],
  params: [],
  takesNumbers: true,
  create: ([a]) =>
    createKernel(a.out.length, a.warmup, new Float64Array(0), (out, _state, from, to) => advanceAbsolute(a.out, out, from, to)),
};

/** Absolute value of an input. */
export function abs(a: FeatureArgument): FeatureSpec {
  return feature(ABS, [a]);
}

function advanceAbsolute(a: Float64Array, out: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) out[i] = Math.abs(a[i]);
}
