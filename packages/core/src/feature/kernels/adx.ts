import { feature } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { lengthParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { movementOf } from './directional-movement.ts';
import { trueRangeOf } from './true-range.ts';
import { VANISHED } from './vanished.ts';

const SEEN = 0;
const PREVIOUS_HIGH = 1;
const PREVIOUS_LOW = 2;
const PREVIOUS_CLOSE = 3;
const RISE = 4;
const FALL = 5;
const RANGE = 6;
const AVERAGE = 7;

export const ADX: KernelDefinition = {
  type: 'kernel',
  kind: 'adx',
  description: "Wilder's average directional index, 0 to 100: strength of a trend, whatever its direction.",
  source:
    'TA-Lib ADX: the first value, at row 2·length − 1, is the mean of the first `length` directional indices; a row without any movement leaves the average as it is.',
  inputs: [],
  params: [lengthParam('length', 14, "Candles that Wilder's sums and the average reach back.", 2)],
  parts: () => ['high', 'low', 'close'],
  create: ([high, low, close], [length]) =>
    createKernel(high.out.length, 2 * length - 1, new Float64Array(8), (out, state, from, to) => {
      advanceAdx(high.out, low.out, close.out, out, state, length, from, to);
    }),
};

/** Average directional index; default length 14. */
export function adx(length?: number): FeatureSpec {
  return feature(ADX, [], [length]);
}

function advanceAdx(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
  state: Float64Array,
  length: number,
  from: number,
  to: number,
): void {
  let seen = state[SEEN] | 0;
  let previousHigh = state[PREVIOUS_HIGH];
  let previousLow = state[PREVIOUS_LOW];
  let previousClose = state[PREVIOUS_CLOSE];
  let rise = state[RISE];
  let fall = state[FALL];
  let range = state[RANGE];
  let average = state[AVERAGE];
  for (let i = from; i < to; i++) {
    const up = high[i] - previousHigh;
    const down = previousLow - low[i];
    const ownRange = trueRangeOf(high[i], low[i], previousClose);
    previousHigh = high[i];
    previousLow = low[i];
    previousClose = close[i];
    out[i] = NaN;
    if (!Number.isFinite(previousHigh + previousLow + previousClose)) {
      seen = 0;
      continue;
    }
    seen++;
    if (seen === 1) {
      rise = 0;
      fall = 0;
      range = 0;
      average = 0;
      continue;
    }
    const decay = seen > length ? 1 / length : 0;
    rise += movementOf(up, down) - rise * decay;
    fall += movementOf(down, up) - fall * decay;
    range += ownRange - range * decay;
    if (seen <= length) continue;
    if (range < VANISHED || rise + fall < VANISHED) {
      rise = 0;
      fall = 0;
    }
    const both = rise + fall;
    const index = both === 0 ? 0 : 100 * (Math.abs(fall - rise) / both);
    if (seen <= 2 * length) average += index / length;
    else if (both !== 0) average += (index - average) / length;
    if (seen >= 2 * length) out[i] = average;
  }
  state[SEEN] = seen;
  state[PREVIOUS_HIGH] = previousHigh;
  state[PREVIOUS_LOW] = previousLow;
  state[PREVIOUS_CLOSE] = previousClose;
  state[RISE] = rise;
  state[FALL] = fall;
  state[RANGE] = range;
  state[AVERAGE] = average;
}
