import { feature } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

export const TYPICAL_PRICE: KernelDefinition = {
  type: 'kernel',
  kind: 'typical_price',
  description: 'Mean of high, low and close.',
  source: 'TA-Lib TYPPRICE: (high + low + close) / 3.',
  inputs: [],
  params: [],
  parts: () => ['high', 'low', 'close'],
  create: ([high, low, close]) =>
    createKernel(high.out.length, 0, new Float64Array(0), (out, _state, from, to) => {
      advanceTypicalPrice(high.out, low.out, close.out, out, from, to);
    }),
};

/** Mean of high, low and close. */
export function typicalPrice(): FeatureSpec {
  return feature(TYPICAL_PRICE, []);
}

function advanceTypicalPrice(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) out[i] = (high[i] + low[i] + close[i]) / 3;
}
