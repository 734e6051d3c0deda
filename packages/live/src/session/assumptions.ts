import { parseSats, rateFromBps, type RateE8, type VenueAssumptions } from '@orrery/core';
import type { AccountTerms } from '../storage/session-record.ts';

/** What the simulated venue of a paper run takes for granted: the same as in the backtest that was promoted. */
export function assumptionsOf({ equity, fills, slippageBps, seed, venue }: AccountTerms): VenueAssumptions {
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
