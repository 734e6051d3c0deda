import { createKernel } from '../create-kernel.ts';
import type { Source } from '../definition.ts';
import type { Kernel } from '../kernel.ts';

const POSITION = 0;
const HAS_BLOCK = 1;
const ANCHOR = 2;
const SUM = 3;
const SQUARES = 4;
const END_ANCHOR = 5;
/** First of `length` slots: mean, less the anchor, of the last full block from that row on. */
const END_MEANS = 6;

/** Population standard deviation of a window, or, where `scores` is true, how many of them the newest value lies above the mean. */
export function createDeviation(input: Source, length: number, scores: boolean): Kernel {
  const state = new Float64Array(END_MEANS + 2 * length);
  const inverses = Float64Array.from({ length: length + 1 }, (_, k) => 1 / k);
  return createKernel(input.out.length, input.warmup + length - 1, state, (out, memory, from, to) => {
    advanceDeviation(input.out, out, memory, inverses, length, scores, from, to);
  });
}

/**
 * The window is the end of the last full block of `length` rows and the beginning of the current one; the two are joined
 * after Chan, Golub and LeVeque (1979). Each part's sums are of differences to one of its own members, its anchor, which
 * bounds the cancellation by the number of rows: no price level, drift or departed spike can spoil the variance, it is
 * never negative, and exactly 0 over equal values. `inverses[k]` is 1/k: divisions would take half of the time.
 */
function advanceDeviation(
  input: Float64Array,
  out: Float64Array,
  state: Float64Array,
  inverses: Float64Array,
  length: number,
  scores: boolean,
  from: number,
  to: number,
): void {
  const inverse = inverses[length];
  let position = state[POSITION] | 0;
  let hasBlock = state[HAS_BLOCK] | 0;
  let anchor = state[ANCHOR];
  let sum = state[SUM];
  let squares = state[SQUARES];
  for (let i = from; i < to; i++) {
    const x = input[i];
    out[i] = NaN;
    if (!Number.isFinite(x)) {
      position = 0;
      hasBlock = 0;
      continue;
    }
    if (position === 0) {
      anchor = x;
      sum = 0;
      squares = 0;
    }
    position++;
    const difference = x - anchor;
    sum += difference;
    squares += difference * difference;
    if (position < length && hasBlock === 0) continue;
    let mean = sum * inverses[position];
    let scatter = Math.max(0, squares - sum * mean);
    if (position < length) {
      const gap = state[END_ANCHOR] - anchor + state[END_MEANS + position] - mean;
      const share = (length - position) * inverse;
      scatter += state[END_MEANS + length + position] + gap * gap * share * position;
      mean += gap * share;
    } else {
      prepareEnds(input, state, inverses, length, i);
      position = 0;
      hasBlock = 1;
    }
    const deviation = Math.sqrt(scatter * inverse);
    if (!scores) out[i] = deviation;
    else out[i] = deviation === 0 ? 0 : (difference - mean) / deviation;
  }
  state[POSITION] = position;
  state[HAS_BLOCK] = hasBlock;
  state[ANCHOR] = anchor;
  state[SUM] = sum;
  state[SQUARES] = squares;
}

/** Mean and scatter about it of every end of the block whose last row is `last`. */
function prepareEnds(input: Float64Array, state: Float64Array, inverses: Float64Array, length: number, last: number): void {
  const anchor = input[last];
  let sum = 0;
  let squares = 0;
  for (let k = length - 1; k >= 0; k--) {
    const difference = input[last - length + 1 + k] - anchor;
    sum += difference;
    squares += difference * difference;
    const mean = sum * inverses[length - k];
    state[END_MEANS + k] = mean;
    state[END_MEANS + length + k] = Math.max(0, squares - sum * mean);
  }
  state[END_ANCHOR] = anchor;
}
