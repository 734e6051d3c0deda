import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { advanceEma } from './ema.ts';
import { macdLine } from './macd-line.ts';
import { checkMacd, MACD_PARAMS } from './macd-params.ts';

export const MACD_SIGNAL: KernelDefinition = {
  type: 'kernel',
  kind: 'macd_signal',
  description: 'Exponential average of the MACD line, in units of the input.',
  source: 'TA-Lib MACD.',
  inputs: ['input'],
  params: MACD_PARAMS,
  check: checkMacd,
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
