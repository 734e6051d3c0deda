import { feature } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { typicalPrice } from './typical-price.ts';

const POSITION = 0;
const HAS_BLOCK = 1;
const INFLOW = 2;
const OUTFLOW = 3;
/** Two times `length` slots: both sums of the last full block from that row on. */
const ENDS = 4;

export const MFI: KernelDefinition = {
  type: 'kernel',
  kind: 'mfi',
  description: 'Money flow index, 0 to 100: the share of turnover at rising typical prices.',
  source:
    'TA-Lib MFI: an unchanged typical price counts for neither side, and 0 is the value where nothing flowed (TA-Lib says so below a flow of 1.0 already, which would depend on the unit of volume).',
  inputs: [],
  params: [lengthParam('length', 14, 'Candles in the window.', 2)],
  parts: () => [typicalPrice(), 'volume'],
  create: ([price, volume], [length]) =>
    createKernel(price.out.length, price.warmup + length, new Float64Array(ENDS + 2 * length), (out, state, from, to) => {
      advanceMfi(price.out, volume.out, out, state, length, from, to);
    }),
};

/** Money flow index; default length 14. */
export function mfi(length?: number): FeatureSpec {
  return feature(MFI, [], [length]);
}

/**
 * The window is the end of the last full block of `length` rows and the beginning of the current one. Nothing is ever
 * subtracted, so sums of positive terms stay exact to their last digits and are 0 exactly where nothing was traded.
 */
function advanceMfi(
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
  let inflow = state[INFLOW];
  let outflow = state[OUTFLOW];
  for (let i = from; i < to; i++) {
    // NaN on the first row, which has no price before it.
    const flow = i === 0 ? NaN : flowOf(price[i], price[i - 1], volume[i]);
    out[i] = NaN;
    if (position === 0) {
      inflow = 0;
      outflow = 0;
    }
    if (!Number.isFinite(flow)) {
      position = 0;
      hasBlock = 0;
      continue;
    }
    if (flow > 0) inflow += flow;
    else outflow -= flow;
    position++;
    if (position === length) {
      out[i] = share(inflow, outflow);
      prepareEnds(price, volume, state, length, i);
      position = 0;
      hasBlock = 1;
    } else if (hasBlock === 1) {
      out[i] = share(inflow + state[ENDS + position], outflow + state[ENDS + length + position]);
    }
  }
  state[POSITION] = position;
  state[HAS_BLOCK] = hasBlock;
  state[INFLOW] = inflow;
  state[OUTFLOW] = outflow;
}

/** Turnover with the sign of the price's change; NaN when any of the three is missing. */
function flowOf(price: number, previous: number, volume: number): number {
  const turnover = price * volume;
  if (price > previous) return turnover;
  if (price < previous) return -turnover;
  return Number.isFinite(turnover + previous) ? 0 : NaN;
}

function share(inflow: number, outflow: number): number {
  const both = inflow + outflow;
  return both === 0 ? 0 : 100 * (inflow / both);
}

function prepareEnds(price: Float64Array, volume: Float64Array, state: Float64Array, length: number, last: number): void {
  let inflow = 0;
  let outflow = 0;
  for (let k = length - 1; k >= 0; k--) {
    const row = last - length + 1 + k;
    const flow = flowOf(price[row], price[row - 1], volume[row]);
    if (flow > 0) inflow += flow;
    else outflow -= flow;
    state[ENDS + k] = inflow;
    state[ENDS + length + k] = outflow;
  }
}
