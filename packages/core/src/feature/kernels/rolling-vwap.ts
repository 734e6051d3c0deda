import { feature } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { typicalPrice } from './typical-price.ts';

const POSITION = 0;
const HAS_BLOCK = 1;
const TURNOVER = 2;
const VOLUME = 3;
/** Two times `length` slots: both sums of the last full block from that row on. */
const ENDS = 4;

export const ROLLING_VWAP: KernelDefinition = {
  type: 'kernel',
  kind: 'rolling_vwap',
  description: 'Volume-weighted average price of the last `length` candles, in price.',
  source: 'Sum of typical price times volume over sum of volume; the typical price where nothing was traded in the window.',
  inputs: [],
  params: [lengthParam('length', 20, 'Candles in the window.')],
  parts: () => [typicalPrice(), 'volume'],
  create: ([price, volume], [length]) =>
    createKernel(price.out.length, price.warmup + length - 1, new Float64Array(ENDS + 2 * length), (out, state, from, to) => {
      advanceRollingVwap(price.out, volume.out, out, state, length, from, to);
    }),
};

/** Volume-weighted average price of a window; default length 20. */
export function rollingVwap(length?: number): FeatureSpec {
  return feature(ROLLING_VWAP, [], [length]);
}

/**
 * The window is the end of the last full block of `length` rows and the beginning of the current one. Nothing is ever
 * subtracted, so sums of positive terms stay exact to their last digits and are 0 exactly where nothing was traded.
 */
function advanceRollingVwap(
  price: Float64Array,
  volume: Float64Array,
  out: Float64Array,
  state: Float64Array,
  length: number,
  from: number,
  to: number,
): void {
  let position = state[POSITION] | 0;
  let hasBlock = state[HAS_BLOCK] | 0;
  let turnover = state[TURNOVER];
  let traded = state[VOLUME];
  for (let i = from; i < to; i++) {
    const product = price[i] * volume[i];
    out[i] = NaN;
    if (position === 0) {
      turnover = 0;
      traded = 0;
    }
    if (!Number.isFinite(product)) {
      position = 0;
      hasBlock = 0;
      continue;
    }
    turnover += product;
    traded += volume[i];
    position++;
    if (position === length) {
      out[i] = traded === 0 ? price[i] : turnover / traded;
      prepareEnds(price, volume, state, length, i);
      position = 0;
      hasBlock = 1;
    } else if (hasBlock === 1) {
      const total = traded + state[ENDS + length + position];
      out[i] = total === 0 ? price[i] : (turnover + state[ENDS + position]) / total;
    }
  }
  state[POSITION] = position;
  state[HAS_BLOCK] = hasBlock;
  state[TURNOVER] = turnover;
  state[VOLUME] = traded;
}

function prepareEnds(price: Float64Array, volume: Float64Array, state: Float64Array, length: number, last: number): void {
  let turnover = 0;
  let traded = 0;
  for (let k = length - 1; k >= 0; k--) {
    const row = last - length + 1 + k;
    turnover += price[row] * volume[row];
    traded += volume[row];
    state[ENDS + k] = turnover;
    state[ENDS + length + k] = traded;
  }
}
