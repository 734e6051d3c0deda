import { SESSIONS } from './sessions.ts';
import type { StructureKind } from './structure-event.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** Stretches of time that repeat, each of which leaves a high and a low behind. */
export interface Period {
  readonly kind: StructureKind;
  /** Start of one of them, ms UTC. */
  readonly offsetMs: number;
  readonly everyMs: number;
  readonly lengthMs: number;
  /** Candles have to be a whole part of this, so that none lies across a beginning or an end. */
  readonly grainMs: number;
  /** What its levels say as their quality. */
  readonly quality: number;
}

/** In the order of their kinds. */
export const PERIODS: readonly Period[] = [
  { kind: 'previous_day', offsetMs: 0, everyMs: DAY_MS, lengthMs: DAY_MS, grainMs: DAY_MS, quality: 0 },
  { kind: 'previous_week', offsetMs: FIRST_MONDAY_MS, everyMs: WEEK_MS, lengthMs: WEEK_MS, grainMs: DAY_MS, quality: 0 },
  ...SESSIONS.map(({ startHour, hours }, quality): Period => {
    return { kind: 'session', offsetMs: startHour * HOUR_MS, everyMs: DAY_MS, lengthMs: hours * HOUR_MS, grainMs: HOUR_MS, quality };
  }),
];

/** Whether candles of that length make up the period. A candle of one week is a week. */
export function isMadeOf({ grainMs, lengthMs }: Period, intervalMs: number): boolean {
  return grainMs % intervalMs === 0 || lengthMs === intervalMs;
}
