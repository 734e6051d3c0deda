import { feature, type FeatureArgument } from '../build.ts';
import { lengthParam, type ComposedDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { macdLine } from './macd-line.ts';
import { macdSignal } from './macd-signal.ts';
import { sub } from './sub.ts';

export const MACD_HISTOGRAM: ComposedDefinition = {
  type: 'composed',
  kind: 'macd_histogram',
  description: 'MACD line less its signal line, in units of the input.',
  source: 'TA-Lib MACD.',
  inputs: ['input'],
  params: [
    lengthParam('fast', 12, 'Candles of the fast average.', 2),
    lengthParam('slow', 26, 'Candles of the slow average.', 3),
    lengthParam('signal', 9, 'Values of the line that are averaged.'),
  ],
  check: ([fast, slow]) => (fast < slow ? null : `fast must be below slow, got ${fast} and ${slow}`),
  compose: ([input], [fast, slow, signal]) => sub(macdLine(input, fast, slow), macdSignal(input, fast, slow, signal)),
};

/** Histogram of the moving average convergence divergence; defaults 12, 26 and 9. */
export function macdHistogram(input: FeatureArgument, fast?: number, slow?: number, signal?: number): FeatureSpec {
  return feature(MACD_HISTOGRAM, [input], [fast, slow, signal]);
}
