import type { BreakerChanged } from '../messages.ts';
import type { EpochMs, Sats } from '../units.ts';
import { isSoundObservation, utcDay } from './equity-clock.ts';
import { lossFrom, toRateE8 } from './fraction.ts';
import { HighWater } from './high-water.ts';

/** Days of the high-water mark, today's among them. */
export const HIGH_WATER_DAYS = 7;
/** How long a level stands at least before it falls. */
export const LEVEL_DWELL_MS: number = 4 * 3_600_000;

/**
 * A breaker in three levels by the loss from the high-water mark of the last seven UTC days (RISK-6). It rises at once, and falls by one
 * level when the loss is below half of that level's threshold and the level has stood for four hours. At levels 2 and 3 little or
 * nothing is open and the equity cannot come back; that the mark leaves the window is what lets it fall.
 */
export class GradedBreaker {
  /** 0 to 3. */
  level = 0;
  /** Loss at the last observation, a part of the mark. */
  loss = 0;
  readonly #levels: readonly [number, number, number];
  readonly #highWater = new HighWater(HIGH_WATER_DAYS);
  #since = 0;
  #ts = -Infinity;

  constructor(levels: readonly [number, number, number]) {
    this.#levels = levels;
  }

  /** The change that an observation of equity makes, or null. Observations that are no numbers, or of an earlier time, say nothing. */
  observe(ts: EpochMs, equity: Sats): BreakerChanged | null {
    if (!isSoundObservation(ts, equity, this.#ts)) return null;
    this.#ts = ts;
    this.loss = lossFrom(this.#highWater.observe(utcDay(ts), equity), equity);
    const to = this.#next(ts);
    const from = this.level;
    if (to === from) return null;
    this.level = to;
    this.#since = ts;
    const cause = to > from ? 'tripped' : 'released';
    return { type: 'BreakerChanged', ts, instrument: null, breaker: 'graded', from, to, cause, value: toRateE8(this.loss) };
  }

  /** Loss from which the present level stands; 0 at level 0. */
  get threshold(): number {
    return this.level === 0 ? 0 : this.#levels[this.level - 1];
  }

  #next(ts: number): number {
    let reached = 0;
    while (reached < 3 && this.loss >= this.#levels[reached]) reached++;
    if (reached > this.level) return reached;
    const mayFall = this.level > 0 && this.loss < this.threshold / 2 && ts - this.#since >= LEVEL_DWELL_MS;
    return mayFall ? this.level - 1 : this.level;
  }
}
