import { feature } from '../build.ts';
import { lengthParam, type ComposedDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { ema } from './ema.ts';

export const KELTNER_MIDDLE: ComposedDefinition = {
  type: 'composed',
  kind: 'keltner_middle',
  description: 'Middle of the Keltner channel: the exponential average of the close.',
  source: 'Keltner channel after L. Bradford Raschke.',
  inputs: [],
  params: [lengthParam('length', 20, 'Candles in the window.')],
  compose: (_inputs, [length]) => ema('close', length),
};

/** Middle of the Keltner channel; default length 20. */
export function keltnerMiddle(length?: number): FeatureSpec {
  return feature(KELTNER_MIDDLE, [], [length]);
}
