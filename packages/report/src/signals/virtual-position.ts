import type { SignalDirection } from '@orrery/core';

/** A closed virtual position, as a chart draws it. */
export interface VirtualPosition {
  readonly symbol: string;
  readonly direction: SignalDirection;
  /** ms UTC. */
  readonly openedAt: number;
  readonly closedAt: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** Whether its return exceeded the fees. */
  readonly won: boolean;
}
