import { feature, type FeatureArgument } from '../build.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { createExtreme } from './rolling-extreme.ts';

export const ROLLING_MIN: KernelDefinition = {
  type: 'kernel',
  kind: 'rolling_min',
  description: 'Smallest of the last `length` values.',
  source: 'TA-Lib MIN; algorithm of van Herk (1992) and Gil and Werman (1993).',
  inputs: ['input'],
  params: [lengthParam('length', 20, 'Candles in the window.')],
  create: ([input], [length]) => createExtreme(input, length, -1),
};

/** Smallest value of an input over a window; default length 20. */
export function rollingMin(input: FeatureArgument, length?: number): FeatureSpec {
  return feature(ROLLING_MIN, [input], [length]);
}
