import { createStructureColumn } from '../../structure/structure-column.ts';
import { DIRECTION, KIND, STRUCTURE_KINDS } from '../../structure/structure-event.ts';
import { feature } from '../build.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { logOf, STRUCTURE_SOURCE } from './structure-source.ts';
import { structure, SWING_PARAMS } from './structure.ts';

const BREAK_OF_STRUCTURE = STRUCTURE_KINDS.indexOf('break_of_structure');
const CHANGE_OF_CHARACTER = STRUCTURE_KINDS.indexOf('change_of_character');

export const MARKET_BIAS: KernelDefinition = {
  type: 'kernel',
  kind: 'market_bias',
  description: 'Direction of the last break of a swing: 1 up, −1 down, 0 before the first.',
  source: `STR-4. ${STRUCTURE_SOURCE}`,
  readsObjects: true,
  inputs: [],
  params: SWING_PARAMS,
  parts: (_inputs, [left, right]) => [structure(left, right)],
  create([source], _params, tape) {
    let bias = 0;
    return createStructureColumn(logOf(source), tape, 0, {
      take(log, event) {
        const kind = log.at(event, KIND);
        if (kind === BREAK_OF_STRUCTURE || kind === CHANGE_OF_CHARACTER) bias = log.at(event, DIRECTION);
      },
      value: () => bias,
      clear() {
        bias = 0;
      },
    });
  },
};

/** Direction of the last break of a swing: 1, −1, or 0 before the first. */
export function marketBias(left?: number, right?: number): FeatureSpec {
  return feature(MARKET_BIAS, [], [left, right]);
}
