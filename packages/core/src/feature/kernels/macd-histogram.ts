import { feature, type FeatureArgument } from '../build.ts';
import type { ComposedDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { macdLine } from './macd-line.ts';
import { checkMacd, MACD_PARAMS } from './macd-params.ts';
import { macdSignal } from './macd-signal.ts';
import { sub } from './sub.ts';

export const MACD_HISTOGRAM: ComposedDefinition = {
  type: 'composed',
  kind: 'macd_histogram',
  description: 'MACD line less its signal line, in units of the input.',
  source: 'TA-Lib MACD.',
  inputs: ['input'],
  params: MACD_PARAMS,
  check: checkMacd,
  compose: ([input], [fast, slow, signal]) => sub(macdLine(input, fast, slow), macdSignal(input, fast, slow, signal)),
};

/** Histogram of the moving average convergence divergence; defaults 12, 26 and 9. */
export function macdHistogram(input: FeatureArgument, fast?: number, slow?: number, signal?: number): FeatureSpec {
  return feature(MACD_HISTOGRAM, [input], [fast, slow, signal]);
}
