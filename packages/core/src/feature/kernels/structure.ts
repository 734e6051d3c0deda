import { createStructureKernel } from '../../structure/structure-kernel.ts';
import { feature } from '../build.ts';
import type { KernelDefinition, ParamDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { atr } from './atr.ts';

/** `left` and `right` of every kind that is made from swings. */
export const SWING_PARAMS: readonly ParamDefinition[] = [
  { name: 'left', default: 3, min: 1, max: 50, integer: true, description: 'Candles before a swing that it stands out from.' },
  { name: 'right', default: 3, min: 1, max: 50, integer: true, description: 'Candles after a swing that confirm it.' },
];

export const STRUCTURE: KernelDefinition = {
  type: 'kernel',
  kind: 'structure',
  description: 'Market structure as events: swings, breaks, order blocks, gaps, liquidity, sweeps and levels; it has no column of numbers.',
  source: "This project's own definitions, rules STR of the core; a candle that is not finite ends everything, and the search begins anew.",
  findsObjects: true,
  inputs: [],
  params: [
    ...SWING_PARAMS,
    { name: 'expiry', default: 500, min: 10, max: 5000, integer: true, description: 'Age in candles at which zones expire.' },
  ],
  parts: () => [atr(14)],
  create: ([range], [left, right, expiry], tape) => createStructureKernel(tape, range.out, { left, right, expiry }),
};

/** Market structure as a log of events; swings of 3 candles on either side, zones of 500 candles by default. */
export function structure(left?: number, right?: number, expiry?: number): FeatureSpec {
  return feature(STRUCTURE, [], [left, right, expiry]);
}
