import { rangePosition } from '../../structure/range-position.ts';
import { createStructureColumn } from '../../structure/structure-column.ts';
import { DIRECTION, KIND, STATE, STRUCTURE_KINDS, TOP } from '../../structure/structure-event.ts';
import { feature } from '../build.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { logOf, STRUCTURE_SOURCE } from './structure-source.ts';
import { structure, SWING_PARAMS } from './structure.ts';

const SWING = STRUCTURE_KINDS.indexOf('swing');

export const PREMIUM_DISCOUNT: KernelDefinition = {
  type: 'kernel',
  kind: 'premium_discount',
  description:
    'Where the close lies between the last confirmed swing low and high, 0 to 1: discount below 0.5, premium above; no value before both.',
  source: `STR-12: where the low is not below the high, 1 above both, 0 below both, else 0.5. ${STRUCTURE_SOURCE}`,
  readsObjects: true,
  inputs: [],
  params: SWING_PARAMS,
  parts: (_inputs, [left, right]) => [structure(left, right)],
  create([source], [left, right], tape) {
    let high = NaN;
    let low = NaN;
    return createStructureColumn(logOf(source), tape, left + right, {
      take(log, event) {
        if (log.at(event, KIND) !== SWING || log.at(event, STATE) !== 0) return;
        if (log.at(event, DIRECTION) > 0) high = log.at(event, TOP);
        else low = log.at(event, TOP);
      },
      value: (row) => (Number.isFinite(high - low) ? rangePosition(tape.close[row], low, high) : NaN),
      clear() {
        high = NaN;
        low = NaN;
      },
    });
  },
};

/** Where the close lies between the last confirmed swing low (0) and high (1). */
export function premiumDiscount(left?: number, right?: number): FeatureSpec {
  return feature(PREMIUM_DISCOUNT, [], [left, right]);
}
