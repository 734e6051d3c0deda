import { feature, type FeatureArgument } from '../build.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { createDeviation } from './window-moments.ts';

export const ZSCORE: KernelDefinition = {
  type: 'kernel',
  kind: 'zscore',
  description: 'How many standard deviations the value lies above the mean of the last `length` values, itself included.',
  source: '(a − sma(a)) / stddev(a), of the population; 0 where all values of the window are equal.',
  inputs: ['input'],
  params: [lengthParam('length', 20, 'Candles in the window.', 2)],
  create: ([input], [length]) => createDeviation(input, length, true),
};

/** Z-score of an input in its window; default length 20. */
export function zscore(input: FeatureArgument, length?: number): FeatureSpec {
  return feature(ZSCORE, [input], [length]);
}
