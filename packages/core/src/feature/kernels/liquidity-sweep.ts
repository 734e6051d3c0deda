import { DIRECTION, KIND, STRUCTURE_KINDS } from '../../structure/structure-event.ts';
import { feature } from '../build.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { createMomentary } from './momentary.ts';
import { logOf, STRUCTURE_SOURCE } from './structure-source.ts';
import { structure, SWING_PARAMS } from './structure.ts';

const SWEEP = STRUCTURE_KINDS.indexOf('sweep');

export const LIQUIDITY_SWEEP: KernelDefinition = {
  type: 'kernel',
  kind: 'liquidity_sweep',
  description: '1 at a candle that sweeps lows, −1 at one that sweeps highs, 0 at one that sweeps both and at all others.',
  source: `STR-9. ${STRUCTURE_SOURCE}`,
  readsObjects: true,
  inputs: [],
  params: SWING_PARAMS,
  parts: (_inputs, [left, right]) => [structure(left, right)],
  create: ([source], _params, tape) =>
    createMomentary(logOf(source), tape, (log, event) => (log.at(event, KIND) === SWEEP ? log.at(event, DIRECTION) : 0)),
};

/** 1 where lows are swept, −1 where highs are, else 0. */
export function liquiditySweep(left?: number, right?: number): FeatureSpec {
  return feature(LIQUIDITY_SWEEP, [], [left, right]);
}
