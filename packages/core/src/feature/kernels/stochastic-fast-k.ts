import { feature } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { rollingMax } from './rolling-max.ts';
import { rollingMin } from './rolling-min.ts';

export const STOCHASTIC_FAST_K: KernelDefinition = {
  type: 'kernel',
  kind: 'stochastic_fast_k',
  description: 'Where the close lies between the lowest low and the highest high of the window, 0 to 100.',
  source: 'TA-Lib STOCHF: 0 where the window has no range.',
  inputs: [],
  params: [lengthParam('length', 14, 'Candles in the window.')],
  parts: (_inputs, [length]) => ['close', rollingMin('low', length), rollingMax('high', length)],
  create: ([close, low, high]) =>
    createKernel(close.out.length, low.warmup, new Float64Array(0), (out, _state, from, to) => {
      advanceFastK(close.out, low.out, high.out, out, from, to);
    }),
};

/** Unsmoothed stochastic oscillator; default length 14. */
export function stochasticFastK(length?: number): FeatureSpec {
  return feature(STOCHASTIC_FAST_K, [], [length]);
}

function advanceFastK(close: Float64Array, low: Float64Array, high: Float64Array, out: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const range = high[i] - low[i];
    out[i] = range === 0 ? 0 : 100 * ((close[i] - low[i]) / range);
  }
}
