import { feature } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

const PREVIOUS_CLOSE = 0;

export const TRUE_RANGE: KernelDefinition = {
  type: 'kernel',
  kind: 'true_range',
  description: 'Largest of high − low, |high − previous close| and |low − previous close|, in price.',
  source: 'TA-Lib TRANGE: the first candle has no previous close and therefore no value.',
  inputs: [],
  params: [],
  parts: () => ['high', 'low', 'close'],
  create: ([high, low, close]) =>
    createKernel(high.out.length, 1, Float64Array.of(NaN), (out, state, from, to) =>
      advanceTrueRange(high.out, low.out, close.out, out, state, from, to),
    ),
};

/** True range of the candles. */
export function trueRange(): FeatureSpec {
  return feature(TRUE_RANGE, []);
}

/** The true range of one candle; NaN when any of the three is. */
export function trueRangeOf(high: number, low: number, previousClose: number): number {
  return Math.max(high - low, Math.abs(high - previousClose), Math.abs(low - previousClose));
}

function advanceTrueRange(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
  state: Float64Array,
  from: number,
  to: number,
): void {
  let previousClose = state[PREVIOUS_CLOSE];
  for (let i = from; i < to; i++) {
    out[i] = trueRangeOf(high[i], low[i], previousClose);
    previousClose = close[i];
  }
  state[PREVIOUS_CLOSE] = previousClose;
}
