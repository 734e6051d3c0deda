import { feature, type FeatureArgument } from '../build.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { createDeviation } from './window-moments.ts';

export const STDDEV: KernelDefinition = {
  type: 'kernel',
  kind: 'stddev',
  description: 'Standard deviation of the last `length` values, in units of the input.',
  source: 'TA-Lib STDDEV: of the population, that is, divided by `length`.',
  inputs: ['input'],
  params: [lengthParam('length', 20, 'Candles in the window.', 2)],
  create: ([input], [length]) => createDeviation(input, length, false),
};

/** Population standard deviation of an input; default length 20. */
export function stddev(input: FeatureArgument, length?: number): FeatureSpec {
  return feature(STDDEV, [input], [length]);
}
