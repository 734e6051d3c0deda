import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { advanceEma } from './ema.ts';
import { macdLine } from './macd-line.ts';

export const MACD_SIGNAL: KernelDefinition = {
  type: 'kernel',
  kind: 'macd_signal',
  description: 'Exponential average of the MACD line, in units of the input.',
  source: 'TA-Lib MACD.',
  inputs: ['input'],
  params: [
    lengthParam('fast', 12, 'Candles of the fast average.', 2),
    lengthParam('slow', 26, 'Candles of the slow average.', 3),
    lengthParam('signal', 9, 'Values of the line that are averaged.'),
  ],
  check: ([fast, slow]) => (fast < slow ? null : `fast must be below slow, got ${fast} and ${slow}`),
  parts: ([input], [fast, slow]) => [macdLine(input, fast, slow)],
  create: ([line], [, , signal]) =>
    createKernel(line.out.length, line.warmup + signal - 1, new Float64Array(2), (out, state, from, to) => {
      advanceEma(line.out, out, state, signal, 2 / (signal + 1), from, to);
    }),
};

/** Signal line of the moving average convergence divergence; defaults 12, 26 and 9. */
export function macdSignal(input: FeatureArgument, fast?: number, slow?: number, signal?: number): FeatureSpec {
  return feature(MACD_SIGNAL, [input], [fast, slow, signal]);
}
