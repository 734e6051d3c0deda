import type { BreakerChanged } from '../messages.ts';
import type { EpochMs, InstrumentId } from '../units.ts';
import { toRateE8 } from './fraction.ts';

/** Ratio of a short to a long average true range from which leverage is capped … */
export const SPIKE_RATIO = 2;
/** … from which nothing is entered … */
export const TRIP_RATIO = 3;
/** … and down to which it has to come before anything is again. */
export const RELEASE_RATIO = 1.5;

/**
 * Keeps entries out of an instrument whose volatility has jumped (RISK-5). It knows the ratio that it was last told; before
 * that it is closed. NaN and ratios below 0 tell it nothing.
 */
export class VolatilityBreaker {
  readonly #ratio: Float64Array;
  readonly #isTripped: Uint8Array;

  constructor(instruments: number) {
    this.#ratio = new Float64Array(instruments);
    this.#isTripped = new Uint8Array(instruments);
  }

  /**
   * @param ratio ATR(14) over ATR(100), or any such ratio of short to long volatility
   * @returns the change, or null
   */
  observe(instrument: InstrumentId, ts: EpochMs, ratio: number): BreakerChanged | null {
    if (!(ratio >= 0)) return null;
    this.#ratio[instrument] = ratio;
    const was = this.#isTripped[instrument];
    const is = was === 1 ? Number(ratio > RELEASE_RATIO) : Number(ratio >= TRIP_RATIO);
    if (is === was) return null;
    this.#isTripped[instrument] = is;
    const cause = is === 1 ? 'tripped' : 'released';
    return { type: 'BreakerChanged', ts, instrument, breaker: 'volatility', from: was, to: is, cause, value: toRateE8(ratio) };
  }

  isTripped(instrument: InstrumentId): boolean {
    return this.#isTripped[instrument] === 1;
  }
  /** Whether leverage is capped: while tripped as well. */
  isSpiking(instrument: InstrumentId): boolean {
    return this.#isTripped[instrument] === 1 || this.#ratio[instrument] >= SPIKE_RATIO;
  }
  /** The ratio last told; 0 before. */
  ratio(instrument: InstrumentId): number {
    return this.#ratio[instrument];
  }
}
