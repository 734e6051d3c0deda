import type { RateE8 } from '../units.ts';

/** How virtual positions live (VIRT rules). The same in every mode. */
export interface VirtualSettings {
  /** Age at which a position expires, ms. */
  readonly expiryMs: number;
  /** Positions far from every level are looked at less often; hits are exact either way. */
  readonly smartMonitoring: boolean;
  /** Fee of the entry and of the exit, each as a part of its value; a position has won when its return exceeds both. */
  readonly fee: RateE8;
  /** Closes at −50 % and −80 % of the stop distance where a rebound is improbable. */
  readonly gradedStop: boolean;
  /** Stop to break-even and behind the best price; target further away where the probability is high. */
  readonly dynamicLevels: boolean;
}
