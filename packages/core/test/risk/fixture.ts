import type { BreakerChanged, EpochMs, InstrumentId, RiskSettings, Sats } from '../../src/index.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const USDT = 100_000_000;

export const SETTINGS: RiskSettings = {
  baseLeverage: 3,
  maxLeverage: 20,
  minMarginShare: 0.03,
  maxMarginShare: 0.13,
  maxPositions: 999,
  breaker: 'on',
  breakerLevels: [0.05, 0.1, 0.15],
  dailyLoss: 0.05,
  maxDrawdown: 0.3,
  maxExposure: 3,
  maxCorrelation: 0.95,
};
/** Limits so wide that only the one that a test narrows is met. */
export const WIDE: RiskSettings = {
  ...SETTINGS,
  breakerLevels: [0.97, 0.98, 0.99],
  dailyLoss: 1,
  maxDrawdown: 1,
  maxExposure: 100,
  maxCorrelation: 1,
};

export const sats = (usdt: number): Sats => Math.round(usdt * USDT) as Sats;
export const at = (hours: number): EpochMs => (hours * HOUR) as EpochMs;
export const id = (k: number): InstrumentId => k as InstrumentId;

/** `graded 0→2 tripped 0.105`. */
export function inWords({ instrument, breaker, from, to, cause, value }: BreakerChanged): string {
  return `${breaker}${instrument === null ? '' : ` ${instrument}`} ${from}→${to} ${cause} ${value / 1e8}`;
}
