import { parseSats } from '../market/sats.ts';
import type { FillPath, LimitFill, MarginMode, RunConfig } from '../run/result.ts';
import { rateFromBps, type RateE8, type Sats } from '../units.ts';

/** What the simulated venue takes for granted; every result carries them. */
export interface VenueAssumptions {
  readonly fills: FillPath;
  /** Adverse move of every market, stop and take-profit fill, rounded away to a whole tick, never outside the candle (FILL-5). */
  readonly slippage: RateE8;
  /** Half of the spread, paid on top by everything that takes (FILL-9). */
  readonly halfSpread: RateE8;
  /** Cost of taking a candle's whole volume, part of the price (FILL-9). */
  readonly impact: RateE8;
  /** Largest part of a candle's volume that all orders of a symbol fill together; 0: no cap (FILL-10). */
  readonly maxVolumeShare: RateE8;
  readonly limitFill: LimitFill;
  /** From decision to venue, ms: each order's own, between the two (LAT-1). */
  readonly latencyMin: number;
  readonly latencyMax: number;
  /** What sampled latency is drawn with. */
  readonly seed: number;
  readonly startWallet: Sats;
  readonly marginMode: MarginMode;
  readonly hedgeMode: boolean;
  /** What every symbol begins with; its brackets may allow less. */
  readonly leverage: number;
}

/** The plainest venue: whole fills, no spread, no latency, a cross account in one-way mode. */
export const PLAIN_VENUE: VenueAssumptions = {
  fills: 'pessimistic',
  slippage: 0 as RateE8,
  halfSpread: 0 as RateE8,
  impact: 0 as RateE8,
  maxVolumeShare: 0 as RateE8,
  limitFill: 'through',
  latencyMin: 0,
  latencyMax: 0,
  seed: 1,
  startWallet: 1_000_000_000_000 as Sats,
  marginMode: 'cross',
  hedgeMode: false,
  leverage: 20,
};

/**
 * What the venue of a configuration takes for granted, the same in every mode.
 * @throws RangeError for an equity that is no amount
 */
export function venueAssumptionsOf({
  equity,
  fills,
  slippageBps,
  seed,
  venue,
}: Pick<RunConfig, 'equity' | 'fills' | 'slippageBps' | 'seed' | 'venue'>): VenueAssumptions {
  const [latencyMin, latencyMax] = venue.latencyMs;
  return {
    fills,
    slippage: rateFromBps(slippageBps),
    halfSpread: rateFromBps(venue.spreadBps),
    impact: rateFromBps(venue.impactBps),
    maxVolumeShare: Math.round(venue.maxVolumeShare * 1e8) as RateE8,
    limitFill: venue.limitFill,
    latencyMin,
    latencyMax,
    seed,
    startWallet: parseSats(equity),
    marginMode: venue.marginMode,
    hedgeMode: venue.hedgeMode,
    leverage: venue.leverage,
  };
}
