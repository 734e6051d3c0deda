const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A part of each day in UTC, from `startHour` on; it may go past midnight. */
export interface DayWindow {
  readonly name: string;
  readonly startHour: number;
  readonly hours: number;
}

/** Trading sessions by the hours that are commonly given for them, in UTC all year round: no clock is changed. */
export const SESSIONS: readonly DayWindow[] = [
  { name: 'sydney', startHour: 21, hours: 9 },
  { name: 'tokyo', startHour: 0, hours: 9 },
  { name: 'london', startHour: 7, hours: 9 },
  { name: 'new_york', startHour: 13, hours: 9 },
];

/** Hours in which large orders are believed to come, in UTC; they do not overlap. */
export const KILL_ZONES: readonly DayWindow[] = [
  { name: 'asian', startHour: 0, hours: 4 },
  { name: 'london_open', startHour: 6, hours: 3 },
  { name: 'new_york', startHour: 11, hours: 3 },
  { name: 'london_close', startHour: 14, hours: 2 },
];

/** Whether a moment, ms UTC, lies in the window; its end does not. */
export function isInWindow({ startHour, hours }: DayWindow, ts: number): boolean {
  const since = ts - startHour * HOUR_MS;
  return since - Math.floor(since / DAY_MS) * DAY_MS < hours * HOUR_MS;
}

/** Number of the kill zone that a moment lies in, from 1 in the order of {@link KILL_ZONES}; 0 outside of all. */
export function killZoneAt(ts: number): number {
  return KILL_ZONES.findIndex((zone) => isInWindow(zone, ts)) + 1;
}
