import { feature } from '../build.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { STRUCTURE_SOURCE } from './structure-source.ts';
import { atr } from './atr.ts';
import { createZoneDistance } from './nearest-zone.ts';
import { structure, SWING_PARAMS } from './structure.ts';

export const BULLISH_ORDER_BLOCK_DISTANCE: KernelDefinition = {
  type: 'kernel',
  kind: 'bullish_order_block_distance',
  description: 'Distance from the close to the nearest live bullish order block in ATRs, 0 inside of it; no value where there is none.',
  source: `STR-5, STR-6; ATRs of 14 candles. It is at most 1000. ${STRUCTURE_SOURCE}`,
  readsObjects: true,
  inputs: [],
  params: SWING_PARAMS,
  parts: (_inputs, [left, right]) => [structure(left, right), atr(14)],
  create: (sources, _params, tape) => createZoneDistance(sources, tape, 'order_block', 1),
};

/** Distance from the close to the nearest live bullish order block in ATRs, 0 inside of it. */
export function bullishOrderBlockDistance(left?: number, right?: number): FeatureSpec {
  return feature(BULLISH_ORDER_BLOCK_DISTANCE, [], [left, right]);
}
