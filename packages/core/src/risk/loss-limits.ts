import type { BreakerCause, BreakerChanged, BreakerName } from '../messages.ts';
import type { EpochMs, Sats } from '../units.ts';
import { isSoundObservation, utcDay } from './equity-clock.ts';
import { lossFrom, toRateE8 } from './fraction.ts';

/**
 * Nothing is entered for the rest of a UTC day once the loss since it began reaches the limit (RISK-8). A day begins with the last equity of
 * the days before; the first one with the first equity that is seen.
 */
export class DailyLossLimit {
  isTripped = false;
  /** The largest loss of the day so far, a part of its first equity. */
  worst = 0;
  readonly #limit: number;
  #day = -Infinity;
  #start = 0;
  #last = NaN;
  #ts = -Infinity;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Adds the changes that an observation makes to `changes`: a release by a new day, a trip, or both in that order. */
  observe(ts: EpochMs, equity: Sats, changes: BreakerChanged[]): void {
    if (!isSoundObservation(ts, equity, this.#ts)) return;
    this.#ts = ts;
    const day = utcDay(ts);
    const isNewDay = day > this.#day;
    if (isNewDay) {
      this.#day = day;
      this.#start = Number.isNaN(this.#last) ? equity : this.#last;
      this.worst = 0;
    }
    this.#last = equity;
    const loss = lossFrom(this.#start, equity);
    this.worst = Math.max(this.worst, loss);
    if (isNewDay && this.isTripped) {
      this.isTripped = false;
      changes.push(changeOf('daily_loss', ts, 'released', loss));
    }
    if (this.isTripped || loss < this.#limit) return;
    this.isTripped = true;
    changes.push(changeOf('daily_loss', ts, 'tripped', loss));
  }
}

/**
 * Nothing is entered any more once the loss from the highest equity ever reaches the limit (RISK-9). It stays so for the run: what has lost
 * that much is to be looked at by somebody before it goes on.
 */
export class DrawdownLimit {
  isTripped = false;
  /** The largest drawdown so far, a part of the highest equity before it. */
  worst = 0;
  readonly #limit: number;
  #peak = -Infinity;
  #ts = -Infinity;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Adds the trip, if this observation makes it, to `changes`. */
  observe(ts: EpochMs, equity: Sats, changes: BreakerChanged[]): void {
    if (!isSoundObservation(ts, equity, this.#ts)) return;
    this.#ts = ts;
    this.#peak = Math.max(this.#peak, equity);
    const loss = lossFrom(this.#peak, equity);
    this.worst = Math.max(this.worst, loss);
    if (this.isTripped || loss < this.#limit) return;
    this.isTripped = true;
    changes.push(changeOf('drawdown', ts, 'tripped', loss));
  }
}

function changeOf(breaker: BreakerName, ts: EpochMs, cause: BreakerCause, loss: number): BreakerChanged {
  const to = cause === 'tripped' ? 1 : 0;
  return { type: 'BreakerChanged', ts, instrument: null, breaker, from: 1 - to, to, cause, value: toRateE8(loss) };
}
