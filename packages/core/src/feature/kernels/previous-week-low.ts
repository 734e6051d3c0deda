import { feature } from '../build.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { STRUCTURE_SOURCE } from './structure-source.ts';
import { createLastLevel } from './last-level.ts';
import { rowsBeforeEnd } from './whole-period.ts';
import { structure } from './structure.ts';

export const PREVIOUS_WEEK_LOW: KernelDefinition = {
  type: 'kernel',
  kind: 'previous_week_low',
  description: 'Low of the last whole week, Monday to Sunday UTC, that is over; no value before the first.',
  source: `STR-10. Candles have to be a whole part of a day, or a week. ${STRUCTURE_SOURCE}`,
  readsObjects: true,
  inputs: [],
  params: [],
  parts: () => [structure()],
  create: ([source], _params, tape) => createLastLevel(source, tape, rowsBeforeEnd('previous_week', tape), 'previous_week', -1),
};

/** Low of the last whole week, Monday to Sunday UTC that is over. */
export function previousWeekLow(): FeatureSpec {
  return feature(PREVIOUS_WEEK_LOW, []);
}
