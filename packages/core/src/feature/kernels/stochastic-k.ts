import { feature } from '../build.ts';
import { lengthParam, type ComposedDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { sma } from './sma.ts';
import { stochasticFastK } from './stochastic-fast-k.ts';

export const STOCHASTIC_K: ComposedDefinition = {
  type: 'composed',
  kind: 'stochastic_k',
  description: 'Slow stochastic oscillator %K, 0 to 100.',
  source: 'TA-Lib STOCH with simple averages.',
  inputs: [],
  params: [
    lengthParam('length', 14, 'Candles in the window.'),
    lengthParam('smooth', 3, 'Values of the raw oscillator that are averaged.'),
  ],
  compose: (_inputs, [length, smooth]) => sma(stochasticFastK(length), smooth),
};

/** Slow stochastic %K; defaults 14 and 3. */
export function stochasticK(length?: number, smooth?: number): FeatureSpec {
  return feature(STOCHASTIC_K, [], [length, smooth]);
}
