import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

export const NEG: KernelDefinition = {
  type: 'kernel',
  kind: 'neg',
  description: 'The input with its sign turned.',
  source: '−a.',
  inputs: ['a'],
  params: [],
  takesNumbers: true,
  create: ([a]) =>
    createKernel(a.out.length, a.warmup, new Float64Array(0), (out, _state, from, to) => advanceNegated(a.out, out, from, to)),
};

/** An input with its sign turned. */
export function neg(a: FeatureArgument): FeatureSpec {
  return feature(NEG, [a]);
}

function advanceNegated(a: Float64Array, out: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) out[i] = -a[i];
}
