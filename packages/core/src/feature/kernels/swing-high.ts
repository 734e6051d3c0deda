import { feature } from '../build.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { STRUCTURE_SOURCE } from './structure-source.ts';
import { createLastLevel } from './last-level.ts';
import { structure, SWING_PARAMS } from './structure.ts';

export const SWING_HIGH: KernelDefinition = {
  type: 'kernel',
  kind: 'swing_high',
  description: 'Price of the last confirmed swing high; no value before the first.',
  source: `STR-3. The first value is at row left + right at the earliest. ${STRUCTURE_SOURCE}`,
  readsObjects: true,
  inputs: [],
  params: SWING_PARAMS,
  parts: (_inputs, [left, right]) => [structure(left, right)],
  create: ([source], [left, right], tape) => createLastLevel(source, tape, left + right, 'swing', 1),
};

/** Price of the last confirmed swing high; swings of 3 candles on either side by default. */
export function swingHigh(left?: number, right?: number): FeatureSpec {
  return feature(SWING_HIGH, [], [left, right]);
}
