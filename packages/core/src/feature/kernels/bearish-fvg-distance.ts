import { feature } from '../build.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { STRUCTURE_SOURCE } from './structure-source.ts';
import { atr } from './atr.ts';
import { createZoneDistance } from './nearest-zone.ts';
import { structure } from './structure.ts';

export const BEARISH_FVG_DISTANCE: KernelDefinition = {
  type: 'kernel',
  kind: 'bearish_fvg_distance',
  description: 'Distance from the close to the nearest open bearish fair value gap in ATRs, 0 inside of it; no value where there is none.',
  source: `STR-6, STR-7; ATRs of 14 candles. It is at most 1000. ${STRUCTURE_SOURCE}`,
  readsObjects: true,
  inputs: [],
  params: [],
  parts: () => [structure(), atr(14)],
  create: (sources, _params, tape) => createZoneDistance(sources, tape, 'fair_value_gap', -1),
};

/** Distance from the close to the nearest open bearish fair value gap in ATRs, 0 inside of it. */
export function bearishFvgDistance(): FeatureSpec {
  return feature(BEARISH_FVG_DISTANCE, []);
}
