import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { log } from '../../math/log.ts';

export const LOG_RETURN: KernelDefinition = {
  type: 'kernel',
  kind: 'log_return',
  description: 'Natural logarithm of the ratio to the value `length` candles ago.',
  source: 'ln(a[i] / a[i − length]); NaN where the ratio is not positive and finite, as the logarithm then does not exist.',
  inputs: ['input'],
  params: [lengthParam('length', 1, 'Candles to look back.')],
  create: ([input], [length]) =>
    createKernel(input.out.length, input.warmup + length, new Float64Array(0), (out, _state, from, to) => {
      advanceLogReturn(input.out, out, length, from, to);
    }),
};

/** Logarithmic return of an input; default over 1 candle. */
export function logReturn(input: FeatureArgument, length?: number): FeatureSpec {
  return feature(LOG_RETURN, [input], [length]);
}

function advanceLogReturn(input: Float64Array, out: Float64Array, length: number, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const ratio = i < length ? NaN : input[i] / input[i - length];
    out[i] = ratio > 0 && ratio < Infinity ? log(ratio) : NaN;
  }
}
