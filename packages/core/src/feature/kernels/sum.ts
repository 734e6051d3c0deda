import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

const SEEN = 0;
const SUM = 1;
const ERROR = 2;
const ZEROS = 3;
export const SUM_STATE_SIZE = 4;

export const SUM_DEFINITION: KernelDefinition = {
  type: 'kernel',
  kind: 'sum',
  description: 'Sum of the last `length` values.',
  source: 'TA-Lib SUM, compensated after Knuth, The Art of Computer Programming 2, §4.2.2 (TwoSum).',
  inputs: ['input'],
  params: [lengthParam('length', 20, 'Candles in the window.')],
  create: ([input], [length]) =>
    createKernel(input.out.length, input.warmup + length - 1, new Float64Array(SUM_STATE_SIZE), (out, state, from, to) =>
      advanceSum(input.out, out, state, length, 1, from, to),
    ),
};

/** Sum of an input over a window; default length 20. */
export function sum(input: FeatureArgument, length?: number): FeatureSpec {
  return feature(SUM_DEFINITION, [input], [length]);
}

/**
 * Window sum divided by `divisor`. The rounding error of every addition is itself summed, which keeps about 106 bits: what
 * a value added is taken away again when it leaves, however large it was. A window of zeros clears the last trace.
 */
export function advanceSum(
  input: Float64Array,
  out: Float64Array,
  state: Float64Array,
  length: number,
  divisor: number,
  from: number,
  to: number,
): void {
  let seen = state[SEEN] | 0;
  let total = state[SUM];
  let error = state[ERROR];
  let zeros = state[ZEROS] | 0;
  for (let i = from; i < to; i++) {
    const x = input[i];
    if (!Number.isFinite(x)) {
      seen = 0;
      total = 0;
      error = 0;
      zeros = 0;
      out[i] = NaN;
      continue;
    }
    let old = 0;
    if (seen === length) old = input[i - length];
    else seen++;
    const change = x - old;
    const changeShare = change - x;
    error += x - (change - changeShare) - (old + changeShare);
    const next = total + change;
    const nextShare = next - total;
    error += total - (next - nextShare) + (change - nextShare);
    total = next;
    if (x !== 0) zeros = 0;
    else if (++zeros >= length) {
      total = 0;
      error = 0;
    }
    out[i] = seen === length ? (total + error) / divisor : NaN;
  }
  state[SEEN] = seen;
  state[SUM] = total;
  state[ERROR] = error;
  state[ZEROS] = zeros;
}
