import { feature } from '../build.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { STRUCTURE_SOURCE } from './structure-source.ts';
import { createZoneStrength } from './nearest-zone.ts';
import { structure, SWING_PARAMS } from './structure.ts';

export const BEARISH_ORDER_BLOCK_STRENGTH: KernelDefinition = {
  type: 'kernel',
  kind: 'bearish_order_block_strength',
  description: 'Quality of the nearest live bearish order block after its decay, 0 to 1; 0 where there is none.',
  source: `STR-5, STR-11; a half-life of 100 candles, and a touch leaves 0.7. ${STRUCTURE_SOURCE}`,
  readsObjects: true,
  inputs: [],
  params: SWING_PARAMS,
  parts: (_inputs, [left, right]) => [structure(left, right)],
  create: (sources, _params, tape) => createZoneStrength(sources, tape, 'order_block', -1),
};

/** Quality of the nearest live bearish order block after its decay, 0 to 1. */
export function bearishOrderBlockStrength(left?: number, right?: number): FeatureSpec {
  return feature(BEARISH_ORDER_BLOCK_STRENGTH, [], [left, right]);
}
