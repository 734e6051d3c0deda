import type { FillPath } from '../run/result.ts';
import type { RateE8 } from '../units.ts';

/** What the simulated venue takes for granted; every result carries them. */
export interface VenueAssumptions {
  readonly fills: FillPath;
  /** Adverse move of every market, stop and take-profit fill, rounded away to a whole tick, never outside the candle (FILL-5). */
  readonly slippage: RateE8;
}
