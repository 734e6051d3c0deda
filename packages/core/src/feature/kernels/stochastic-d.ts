import { feature } from '../build.ts';
import { lengthParam, type ComposedDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { sma } from './sma.ts';
import { stochasticK } from './stochastic-k.ts';

export const STOCHASTIC_D: ComposedDefinition = {
  type: 'composed',
  kind: 'stochastic_d',
  description: 'Signal line %D of the slow stochastic oscillator, 0 to 100.',
  source: 'TA-Lib STOCH with simple averages.',
  inputs: [],
  params: [
    lengthParam('length', 14, 'Candles in the window.'),
    lengthParam('smooth', 3, 'Values of the raw oscillator that are averaged.'),
    lengthParam('signal', 3, 'Values of %K that are averaged.'),
  ],
  compose: (_inputs, [length, smooth, signal]) => sma(stochasticK(length, smooth), signal),
};

/** Slow stochastic %D; defaults 14, 3 and 3. */
export function stochasticD(length?: number, smooth?: number, signal?: number): FeatureSpec {
  return feature(STOCHASTIC_D, [], [length, smooth, signal]);
}
