import type { RateE8 } from '../units.ts';

export const E8 = 100_000_000;

/** A part of 1 in whole 1e-8, from 0 to 1e8; what is no finite number counts as 0. */
export function toFractionE8(part: number): RateE8 {
  return (Number.isFinite(part) ? Math.round(Math.min(1, Math.max(0, part)) * E8) : 0) as RateE8;
}

/** A measured number from 0 in 1e-8 as the journal holds it: a whole number below 2^53; NaN and what is below 0 count as 0. */
export function toRateE8(measured: number): RateE8 {
  return (measured > 0 ? Math.min(Number.MAX_SAFE_INTEGER, Math.round(measured * E8)) : 0) as RateE8;
}

/** Loss from a peak as a part of it, from 0. An account that is worth nothing has lost all, whatever its peak was. */
export function lossFrom(peak: number, equity: number): number {
  if (!(equity > 0)) return 1;
  return peak > equity ? (peak - equity) / peak : 0;
}
