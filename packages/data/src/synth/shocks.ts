import { drawFrom, mixingTables } from './mixing-table.ts';
import type { Random } from './random.ts';

/** Moves within one minute: enough for highs and lows that look like traded ones. */
export const STEPS = 3;

const PERSISTENCE = 0.9995;
const SLOW_NEWS = 0.018;
const FAST_NEWS = 0.1;
const FAST_DECAY = 0.85;
/** News beyond this many variances moves the variance no further, so that it cannot run away. */
const MOST_NEWS = 25;
const LEAST_VARIANCE = 0.08;
const JUMP_CHANCE = 1 / 4000;
const JUMP_SIZE = 9;
const STEP_SCALE = Math.sqrt(1 / STEPS);

/**
 * Shocks of unit average variance, minute by minute: component GARCH (Engle and Lee 1999; a fast part on a slow part) with
 * Student-t innovations of 5 degrees of freedom and rare jumps.
 */
export class Shocks {
  readonly steps: Float64Array = new Float64Array(STEPS);
  /** Standard deviation of the minute before its innovation. */
  volatility = 1;
  readonly #random: Random;
  readonly #scales: Float64Array = mixingTables().scale;
  #slow = 1;
  #variance = 1;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Draws the next minute into {@link steps}. */
  next(): void {
    const random = this.#random;
    const { steps } = this;
    this.volatility = Math.sqrt(this.#variance);
    const scale = this.volatility * drawFrom(this.#scales, random) * STEP_SCALE;
    let sum = 0;
    for (let s = 0; s < STEPS; s++) {
      steps[s] = scale * random.normal();
      sum += steps[s];
    }
    if (random.uniform() < JUMP_CHANCE) {
      const jump = JUMP_SIZE * this.volatility * random.normal();
      steps[random.bits() % STEPS] += jump;
      sum += jump;
    }
    const news = Math.min(sum * sum, MOST_NEWS * this.#variance);
    const slow = Math.max(LEAST_VARIANCE, 1 + PERSISTENCE * (this.#slow - 1) + SLOW_NEWS * (news - this.#variance));
    this.#variance = Math.max(LEAST_VARIANCE, slow + FAST_NEWS * (news - this.#slow) + FAST_DECAY * (this.#variance - this.#slow));
    this.#slow = slow;
  }
}
