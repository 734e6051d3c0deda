import type { EpochMs } from '../units.ts';

const DAY_MS = 86_400_000;

/** UTC day of a time, counted from the epoch. */
export function utcDay(ts: EpochMs): number {
  return Math.floor(ts / DAY_MS);
}

/** Whether an observation of equity says anything: both are finite numbers, and time has not gone back. */
export function isSoundObservation(ts: number, equity: number, lastTs: number): boolean {
  return Number.isFinite(ts) && Number.isFinite(equity) && ts >= lastTs;
}
