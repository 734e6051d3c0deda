import { feature } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { typicalPrice } from './typical-price.ts';

const SEEN = 0;
/** Equal prices can have typical prices that differ in the last digit; no price step is that small a part of the price. */
const ROUNDING = 1e-14;

export const CCI: KernelDefinition = {
  type: 'kernel',
  kind: 'cci',
  description: 'Commodity channel index after Lambert: distance of the typical price from its mean in units of 0.015 mean deviations.',
  source:
    'TA-Lib CCI: 0 where all typical prices of the window are equal, up to rounding. The mean deviation needs the whole window again for every row, so the cost grows with `length`.',
  inputs: [],
  params: [lengthParam('length', 20, 'Candles in the window.', 2)],
  parts: () => [typicalPrice()],
  create: ([price], [length]) =>
    createKernel(price.out.length, price.warmup + length - 1, new Float64Array(1), (out, state, from, to) => {
      advanceCci(price.out, out, state, length, from, to);
    }),
};

/** Commodity channel index; default length 20. */
export function cci(length?: number): FeatureSpec {
  return feature(CCI, [], [length]);
}

/** Differences to the newest price, not prices, are averaged: equal prices then give exactly 0 rather than a ratio of rounding errors. */
function advanceCci(price: Float64Array, out: Float64Array, state: Float64Array, length: number, from: number, to: number): void {
  let seen = state[SEEN] | 0;
  for (let i = from; i < to; i++) {
    const x = price[i];
    seen = Number.isFinite(x) ? Math.min(seen + 1, length) : 0;
    out[i] = NaN;
    if (seen < length) continue;
    let mean = 0;
    for (let k = i - length + 1; k < i; k++) mean += price[k] - x;
    mean /= length;
    let deviation = 0;
    for (let k = i - length + 1; k <= i; k++) deviation += Math.abs(price[k] - x - mean);
    deviation /= length;
    out[i] = deviation <= Math.abs(x) * ROUNDING ? 0 : -mean / (0.015 * deviation);
  }
  state[SEEN] = seen;
}
