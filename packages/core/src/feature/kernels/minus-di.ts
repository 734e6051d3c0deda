import { feature } from '../build.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { createDirectionalIndicator } from './directional-movement.ts';

export const MINUS_DI: KernelDefinition = {
  type: 'kernel',
  kind: 'minus_di',
  description: "Wilder's directional indicator of falls, 0 to 100.",
  source: 'TA-Lib MINUS_DI: the first value is at row `length`; 0 where the market has never moved.',
  inputs: [],
  params: [lengthParam('length', 14, "Candles that Wilder's sums reach back.", 2)],
  parts: () => ['high', 'low', 'close'],
  create: (sources, [length]) => createDirectionalIndicator(sources, length, false),
};

/** Directional indicator of falls; default length 14. */
export function minusDi(length?: number): FeatureSpec {
  return feature(MINUS_DI, [], [length]);
}
