import { feature, type FeatureArgument } from '../build.ts';
import { lengthParam, realParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { createBand } from './band.ts';
import { sma } from './sma.ts';
import { stddev } from './stddev.ts';

export const BOLLINGER_LOWER: KernelDefinition = {
  type: 'kernel',
  kind: 'bollinger_lower',
  description: 'Lower Bollinger band, in units of the input.',
  source: 'TA-Lib BBANDS: simple average minus `deviations` population standard deviations.',
  inputs: ['input'],
  params: [
    lengthParam('length', 20, 'Candles in the window.', 2),
    realParam('deviations', 2, 0, 100, 'Standard deviations between the middle and each band.'),
  ],
  parts: ([input], [length]) => [sma(input, length), stddev(input, length)],
  create: ([center, spread], [, deviations]) => createBand(center, spread, -deviations),
};

/** Lower Bollinger band of an input; defaults 20 and 2. */
export function bollingerLower(input: FeatureArgument, length?: number, deviations?: number): FeatureSpec {
  return feature(BOLLINGER_LOWER, [input], [length, deviations]);
}
