import { feature } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

const SEEN = 0;
const PREVIOUS = 1;
const SUM = 2;
const ERROR = 3;

export const OBV: KernelDefinition = {
  type: 'kernel',
  kind: 'obv',
  description: 'On-balance volume: the volume of rising candles less that of falling ones since the tape began, in base asset.',
  source:
    'TA-Lib OBV: begins with the volume of the first candle. Only its changes mean something, as its level depends on where the tape begins.',
  inputs: [],
  params: [],
  parts: () => ['close', 'volume'],
  create: ([close, volume]) =>
    createKernel(close.out.length, 0, new Float64Array(4), (out, state, from, to) => {
      advanceObv(close.out, volume.out, out, state, from, to);
    }),
};

/** On-balance volume. */
export function obv(): FeatureSpec {
  return feature(OBV, []);
}

/** The sum has no window, so its rounding errors are summed along (TwoSum) instead of piling up. */
function advanceObv(close: Float64Array, volume: Float64Array, out: Float64Array, state: Float64Array, from: number, to: number): void {
  let seen = state[SEEN] | 0;
  let previous = state[PREVIOUS];
  let sum = state[SUM];
  let error = state[ERROR];
  for (let i = from; i < to; i++) {
    const price = close[i];
    const traded = volume[i];
    if (!Number.isFinite(price + traded)) {
      seen = 0;
      out[i] = NaN;
      continue;
    }
    if (seen === 0) {
      seen = 1;
      sum = traded;
      error = 0;
    } else if (price !== previous) {
      const change = price > previous ? traded : -traded;
      const next = sum + change;
      const share = next - sum;
      error += sum - (next - share) + (change - share);
      sum = next;
    }
    previous = price;
    out[i] = sum + error;
  }
  state[SEEN] = seen;
  state[PREVIOUS] = previous;
  state[SUM] = sum;
  state[ERROR] = error;
}
