import { feature } from '../build.ts';
import { lengthParam, type ComposedDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { rollingMin } from './rolling-min.ts';

export const DONCHIAN_LOWER: ComposedDefinition = {
  type: 'composed',
  kind: 'donchian_lower',
  description: 'Lowest low of the last `length` candles, the current one included.',
  source: 'R. Donchian; a breakout is a close below the previous row of it.',
  inputs: [],
  params: [lengthParam('length', 20, 'Candles in the window.')],
  compose: (_inputs, [length]) => rollingMin('low', length),
};

/** Lowest low of the last candles; default 20. */
export function donchianLower(length?: number): FeatureSpec {
  return feature(DONCHIAN_LOWER, [], [length]);
}
