import { feature, type FeatureArgument } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { checkMacd, MACD_LINE_PARAMS } from './macd-params.ts';

const SEEN = 0;
const FAST = 1;
const SLOW = 2;

export const MACD_LINE: KernelDefinition = {
  type: 'kernel',
  kind: 'macd_line',
  description: 'Fast exponential average less the slow one, in units of the input.',
  source:
    'TA-Lib MACD: both averages are seeded at row slow − 1, the fast one with the mean of the last `fast` values before it; sub(ema(…),ema(…)) differs by a trace that fades.',
  inputs: ['input'],
  params: MACD_LINE_PARAMS,
  check: checkMacd,
  create: ([input], [fast, slow]) =>
    createKernel(input.out.length, input.warmup + slow - 1, new Float64Array(3), (out, state, from, to) => {
      advanceMacdLine(input.out, out, state, fast, slow, from, to);
    }),
};

/** Line of the moving average convergence divergence; defaults 12 and 26. */
export function macdLine(input: FeatureArgument, fast?: number, slow?: number): FeatureSpec {
  return feature(MACD_LINE, [input], [fast, slow]);
}

function advanceMacdLine(
  input: Float64Array,
  out: Float64Array,
  state: Float64Array,
  fastLength: number,
  slowLength: number,
  from: number,
  to: number,
): void {
  const fastWeight = 2 / (fastLength + 1);
  const slowWeight = 2 / (slowLength + 1);
  let seen = state[SEEN] | 0;
  let fast = state[FAST];
  let slow = state[SLOW];
  for (let i = from; i < to; i++) {
    const x = input[i];
    out[i] = NaN;
    if (!Number.isFinite(x)) {
      seen = 0;
      continue;
    }
    if (seen === slowLength) {
      fast += (x - fast) * fastWeight;
      slow += (x - slow) * slowWeight;
    } else {
      seen++;
      slow = seen === 1 ? x : slow + x;
      if (seen < slowLength) continue;
      slow /= slowLength;
      fast = 0;
      for (let k = i - fastLength + 1; k <= i; k++) fast += input[k];
      fast /= fastLength;
    }
    out[i] = fast - slow;
  }
  state[SEEN] = seen;
  state[FAST] = fast;
  state[SLOW] = slow;
}
