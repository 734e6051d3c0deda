import { feature } from '../build.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { STRUCTURE_SOURCE } from './structure-source.ts';
import { createLastLevel } from './last-level.ts';
import { rowsBeforeEnd } from './whole-period.ts';
import { structure } from './structure.ts';

export const PREVIOUS_DAY_HIGH: KernelDefinition = {
  type: 'kernel',
  kind: 'previous_day_high',
  description: 'High of the last whole UTC day that is over; no value before the first.',
  source: `STR-10. Candles have to be a whole part of a day. ${STRUCTURE_SOURCE}`,
  readsObjects: true,
  inputs: [],
  params: [],
  parts: () => [structure()],
  create: ([source], _params, tape) => createLastLevel(source, tape, rowsBeforeEnd('previous_day', tape), 'previous_day', 1),
};

/** High of the last whole UTC day that is over. */
export function previousDayHigh(): FeatureSpec {
  return feature(PREVIOUS_DAY_HIGH, []);
}
