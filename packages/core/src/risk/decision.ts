import type { SignalRejectReason } from '../messages.ts';
import type { Lots, RateE8 } from '../units.ts';
import { toRateE8 } from './fraction.ts';

/** A position that risk allows. */
export interface PositionSize {
  readonly kind: 'accept';
  /** Whole lots, above 0, without sign. */
  readonly qty: Lots;
  readonly leverage: number;
  /** Margin as a part of equity, in 1e-8, before the quantity was rounded down to lots. */
  readonly marginShare: RateE8;
}
/** Why there is none; value and limit are those of a `SignalRejected`. */
export interface RiskRejection {
  readonly kind: 'reject';
  readonly reason: SignalRejectReason;
  readonly value: RateE8 | null;
  readonly limit: RateE8 | null;
}
export type RiskDecision = PositionSize | RiskRejection;

/** A rejection with what was measured and its limit, each null where it is no finite number. */
export function reject(reason: SignalRejectReason, value: number, limit: number): RiskRejection {
  return { kind: 'reject', reason, value: numberOrNull(value), limit: numberOrNull(limit) };
}

function numberOrNull(value: number): RateE8 | null {
  return Number.isFinite(value) ? toRateE8(value) : null;
}
