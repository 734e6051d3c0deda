import { DIRECTION, KIND, STRUCTURE_KINDS } from '../../structure/structure-event.ts';
import { feature } from '../build.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { createMomentary } from './momentary.ts';
import { logOf, STRUCTURE_SOURCE } from './structure-source.ts';
import { structure, SWING_PARAMS } from './structure.ts';

const BREAK_OF_STRUCTURE = STRUCTURE_KINDS.indexOf('break_of_structure');
const CHANGE_OF_CHARACTER = STRUCTURE_KINDS.indexOf('change_of_character');

export const STRUCTURE_BREAK: KernelDefinition = {
  type: 'kernel',
  kind: 'structure_break',
  description: 'At a candle that breaks a swing 1 or −1 for a break of structure, 2 or −2 for a change of character; else 0.',
  source: `STR-4. ${STRUCTURE_SOURCE}`,
  readsObjects: true,
  inputs: [],
  params: SWING_PARAMS,
  parts: (_inputs, [left, right]) => [structure(left, right)],
  create: ([source], _params, tape) =>
    createMomentary(logOf(source), tape, (log, event) => {
      const kind = log.at(event, KIND);
      if (kind === BREAK_OF_STRUCTURE) return log.at(event, DIRECTION);
      return kind === CHANGE_OF_CHARACTER ? 2 * log.at(event, DIRECTION) : 0;
    }),
};

/** ±1 at a break of structure, ±2 at a change of character, else 0. */
export function structureBreak(left?: number, right?: number): FeatureSpec {
  return feature(STRUCTURE_BREAK, [], [left, right]);
}
