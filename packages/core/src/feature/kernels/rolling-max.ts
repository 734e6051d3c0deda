import { feature, type FeatureArgument } from '../build.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { createExtreme } from './rolling-extreme.ts';

export const ROLLING_MAX: KernelDefinition = {
  type: 'kernel',
  kind: 'rolling_max',
  description: 'Largest of the last `length` values.',
  source: 'TA-Lib MAX; algorithm of van Herk (1992) and Gil and Werman (1993).',
  inputs: ['input'],
  params: [lengthParam('length', 20, 'Candles in the window.')],
  create: ([input], [length]) => createExtreme(input, length, 1),
};

/** Largest value of an input over a window; default length 20. */
export function rollingMax(input: FeatureArgument, length?: number): FeatureSpec {
  return feature(ROLLING_MAX, [input], [length]);
}
