import { feature, type FeatureArgument } from '../build.ts';
import { lengthParam, realParam, type ComposedDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { bollingerLower } from './bollinger-lower.ts';
import { bollingerUpper } from './bollinger-upper.ts';
import { div } from './div.ts';
import { sma } from './sma.ts';
import { sub } from './sub.ts';

export const BOLLINGER_BANDWIDTH: ComposedDefinition = {
  type: 'composed',
  kind: 'bollinger_bandwidth',
  description: 'Width of the Bollinger bands as a part of their middle.',
  source: 'J. Bollinger, Bollinger on Bollinger Bands (2001): (upper − lower) / middle; 0 where the middle is 0.',
  inputs: ['input'],
  params: [
    lengthParam('length', 20, 'Candles in the window.', 2),
    realParam('deviations', 2, 0, 100, 'Standard deviations between the middle and each band.'),
  ],
  compose: ([input], [length, deviations]) =>
    div(sub(bollingerUpper(input, length, deviations), bollingerLower(input, length, deviations)), sma(input, length)),
};

/** Relative width of the Bollinger bands of an input; defaults 20 and 2. */
export function bollingerBandwidth(input: FeatureArgument, length?: number, deviations?: number): FeatureSpec {
  return feature(BOLLINGER_BANDWIDTH, [input], [length, deviations]);
}
