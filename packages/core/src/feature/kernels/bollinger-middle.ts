import { feature, type FeatureArgument } from '../build.ts';
import { lengthParam, type ComposedDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { sma } from './sma.ts';

export const BOLLINGER_MIDDLE: ComposedDefinition = {
  type: 'composed',
  kind: 'bollinger_middle',
  description: 'Middle of the Bollinger bands: the simple moving average.',
  source: 'TA-Lib BBANDS.',
  inputs: ['input'],
  params: [lengthParam('length', 20, 'Candles in the window.', 2)],
  compose: ([input], [length]) => sma(input, length),
};

/** Middle of the Bollinger bands of an input; default length 20. */
export function bollingerMiddle(input: FeatureArgument, length?: number): FeatureSpec {
  return feature(BOLLINGER_MIDDLE, [input], [length]);
}
