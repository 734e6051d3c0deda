import { feature } from '../build.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { createRma } from './rma.ts';
import { trueRange } from './true-range.ts';

export const ATR: KernelDefinition = {
  type: 'kernel',
  kind: 'atr',
  description: 'Average true range after Wilder, in price.',
  source:
    'TA-Lib ATR: the first candle has no true range; the first value, at row `length`, is the simple average of the true ranges of rows 1 to `length`.',
  inputs: [],
  params: [lengthParam('length', 14, 'True ranges that are averaged.')],
  parts: () => [trueRange()],
  create: ([range], [length]) => createRma(range, length),
};

/** Wilder's average true range; default length 14. */
export function atr(length?: number): FeatureSpec {
  return feature(ATR, [], [length]);
}
