import { feature } from '../build.ts';
import { lengthParam, type ComposedDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { rollingMax } from './rolling-max.ts';

export const DONCHIAN_UPPER: ComposedDefinition = {
  type: 'composed',
  kind: 'donchian_upper',
  description: 'Highest high of the last `length` candles, the current one included.',
  source: 'R. Donchian; a breakout is a close above the previous row of it.',
  inputs: [],
  params: [lengthParam('length', 20, 'Candles in the window.')],
  compose: (_inputs, [length]) => rollingMax('high', length),
};

/** Highest high of the last candles; default 20. */
export function donchianUpper(length?: number): FeatureSpec {
  return feature(DONCHIAN_UPPER, [], [length]);
}
