/** Milliseconds in a UTC day. */
export const DAY_MS = 86_400_000;
/** Perpetual futures trade every day of the year. */
export const DAYS_PER_YEAR = 365;
/** Milliseconds in an hour. */
export const HOUR_MS = 3_600_000;

/** Number of the UTC day that holds the instant, counted from 1970-01-01. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}
