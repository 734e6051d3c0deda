import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

export const DIV: KernelDefinition = {
  type: 'kernel',
  kind: 'div',
  description: 'Quotient of two inputs, row by row.',
  source: 'a / b; 0 where b is 0; NaN where either is.',
  inputs: ['a', 'b'],
  params: [],
  takesNumbers: true,
  create: ([a, b]) =>
    createKernel(a.out.length, Math.max(a.warmup, b.warmup), new Float64Array(0), (out, _state, from, to) => {
      advanceQuotient(a.out, b.out, out, from, to);
    }),
};

/** Quotient of two inputs, 0 where the divisor is 0; either may be a number. */
export function div(a: FeatureArgument, b: FeatureArgument): FeatureSpec {
  return feature(DIV, [a, b]);
}

function advanceQuotient(a: Float64Array, b: Float64Array, out: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) out[i] = b[i] === 0 && a[i] === a[i] ? 0 : a[i] / b[i];
}
