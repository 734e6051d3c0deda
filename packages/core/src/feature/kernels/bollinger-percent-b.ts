import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, realParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { bollingerLower } from './bollinger-lower.ts';
import { bollingerUpper } from './bollinger-upper.ts';

export const BOLLINGER_PERCENT_B: KernelDefinition = {
  type: 'kernel',
  kind: 'bollinger_percent_b',
  description: 'Where the input lies between the Bollinger bands: 0 at the lower, 1 at the upper one.',
  source:
    'J. Bollinger, Bollinger on Bollinger Bands (2001): (input − lower) / (upper − lower); 0.5, the middle, where the bands have no width.',
  inputs: ['input'],
  params: [
    lengthParam('length', 20, 'Candles in the window.', 2),
    realParam('deviations', 2, 0, 100, 'Standard deviations between the middle and each band.'),
  ],
  parts: ([input], [length, deviations]) => [input, bollingerLower(input, length, deviations), bollingerUpper(input, length, deviations)],
  create: ([input, lower, upper]) =>
    createKernel(input.out.length, lower.warmup, new Float64Array(0), (out, _state, from, to) => {
      advancePercentB(input.out, lower.out, upper.out, out, from, to);
    }),
};

/** Place of an input between its Bollinger bands; defaults 20 and 2. */
export function bollingerPercentB(input: FeatureArgument, length?: number, deviations?: number): FeatureSpec {
  return feature(BOLLINGER_PERCENT_B, [input], [length, deviations]);
}

function advancePercentB(input: Float64Array, lower: Float64Array, upper: Float64Array, out: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const width = upper[i] - lower[i];
    out[i] = width === 0 ? 0.5 : (input[i] - lower[i]) / width;
  }
}
