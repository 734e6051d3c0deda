import { createKernel } from '../create-kernel.ts';
import type { Source } from '../definition.ts';
import type { Kernel } from '../kernel.ts';

const POSITION = 0;
const HAS_BLOCK = 1;
const EXTREME = 2;
/** First of `length` slots: the extreme of the last full block from that row on. */
const ENDS = 3;

/** Largest value of a window (`sign` 1) or smallest (`sign` −1). */
export function createExtreme(input: Source, length: number, sign: 1 | -1): Kernel {
  return createKernel(input.out.length, input.warmup + length - 1, new Float64Array(ENDS + length), (out, state, from, to) => {
    advanceExtreme(input.out, out, state, length, sign, from, to);
  });
}

/**
 * The window is the end of the last full block of `length` rows and the beginning of the current one. What leaves is never
 * subtracted: the ends are prepared once a block, backwards, so a row costs three comparisons whatever the length.
 * The smallest value is the negative of the largest negative, to the last bit: hence `sign`.
 */
function advanceExtreme(
  input: Float64Array,
  out: Float64Array,
  state: Float64Array,
  length: number,
  sign: 1 | -1,
  from: number,
  to: number,
): void {
  let position = state[POSITION] | 0;
  let hasBlock = state[HAS_BLOCK] | 0;
  let extreme = state[EXTREME];
  for (let i = from; i < to; i++) {
    const x = sign * input[i];
    out[i] = NaN;
    if (!Number.isFinite(x)) {
      position = 0;
      hasBlock = 0;
      continue;
    }
    extreme = position === 0 ? x : Math.max(extreme, x);
    position++;
    if (position === length) {
      out[i] = sign * extreme;
      let end = x;
      for (let k = length - 1; k >= 0; k--) {
        end = Math.max(end, sign * input[i - length + 1 + k]);
        state[ENDS + k] = end;
      }
      position = 0;
      hasBlock = 1;
    } else if (hasBlock === 1) {
      out[i] = sign * Math.max(state[ENDS + position], extreme);
    }
  }
  state[POSITION] = position;
  state[HAS_BLOCK] = hasBlock;
  state[EXTREME] = extreme;
}
