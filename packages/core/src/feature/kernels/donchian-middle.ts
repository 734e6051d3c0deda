import { feature } from '../build.ts';
import { lengthParam, type ComposedDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { add } from './add.ts';
import { mul } from './mul.ts';
import { rollingMax } from './rolling-max.ts';
import { rollingMin } from './rolling-min.ts';

export const DONCHIAN_MIDDLE: ComposedDefinition = {
  type: 'composed',
  kind: 'donchian_middle',
  description: 'Middle between the highest high and the lowest low of the last `length` candles.',
  source: 'TA-Lib MIDPRICE.',
  inputs: [],
  params: [lengthParam('length', 20, 'Candles in the window.')],
  compose: (_inputs, [length]) => mul(add(rollingMax('high', length), rollingMin('low', length)), 0.5),
};

/** Middle of the Donchian channel; default 20. */
export function donchianMiddle(length?: number): FeatureSpec {
  return feature(DONCHIAN_MIDDLE, [], [length]);
}
