import { createKernel } from '../create-kernel.ts';
import type { Source } from '../definition.ts';
import type { Kernel } from '../kernel.ts';
import { trueRangeOf } from './true-range.ts';
import { VANISHED } from './vanished.ts';

const SEEN = 0;
const PREVIOUS_HIGH = 1;
const PREVIOUS_LOW = 2;
const PREVIOUS_CLOSE = 3;
const MOVEMENT = 4;
const RANGE = 5;

/** Wilder's movement of one side: how far the high rose (or the low fell), where that is the larger of the two and positive. */
export function movementOf(own: number, opposite: number): number {
  return own > 0 && own > opposite ? own : 0;
}

/** Wilder's directional indicator of one side from high, low and close. */
export function createDirectionalIndicator([high, low, close]: readonly Source[], length: number, rising: boolean): Kernel {
  return createKernel(high.out.length, length, new Float64Array(6), (out, state, from, to) => {
    advanceIndicator(high.out, low.out, close.out, out, state, length, rising, from, to);
  });
}

/** Wilder's sums: each row takes 1/length off and adds its own; the first length − 1 rows are added up plainly. */
function advanceIndicator(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
  state: Float64Array,
  length: number,
  rising: boolean,
  from: number,
  to: number,
): void {
  let seen = state[SEEN] | 0;
  let previousHigh = state[PREVIOUS_HIGH];
  let previousLow = state[PREVIOUS_LOW];
  let previousClose = state[PREVIOUS_CLOSE];
  let movement = state[MOVEMENT];
  let range = state[RANGE];
  for (let i = from; i < to; i++) {
    const up = high[i] - previousHigh;
    const down = previousLow - low[i];
    const ownMovement = rising ? movementOf(up, down) : movementOf(down, up);
    const ownRange = trueRangeOf(high[i], low[i], previousClose);
    previousHigh = high[i];
    previousLow = low[i];
    previousClose = close[i];
    out[i] = NaN;
    if (!Number.isFinite(previousHigh + previousLow + previousClose)) {
      seen = 0;
    } else if (seen === 0) {
      seen = 1;
      movement = 0;
      range = 0;
    } else if (seen < length) {
      seen++;
      movement += ownMovement;
      range += ownRange;
    } else {
      movement += ownMovement - movement / length;
      range += ownRange - range / length;
      if (range < VANISHED) {
        movement = 0;
        range = 0;
      }
      out[i] = range === 0 ? 0 : 100 * (movement / range);
    }
  }
  state[SEEN] = seen;
  state[PREVIOUS_HIGH] = previousHigh;
  state[PREVIOUS_LOW] = previousLow;
  state[PREVIOUS_CLOSE] = previousClose;
  state[MOVEMENT] = movement;
  state[RANGE] = range;
}
