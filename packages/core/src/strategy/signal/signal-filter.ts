import type { SignalRejectReason } from '../../messages.ts';
import type { RateE8 } from '../../units.ts';
import { meanQuality, type SignalDraft } from './signal-source.ts';

/** Why a signal goes no further: what was measured, and the limit that it did not keep, in 1e-8; null where there is no number. */
export interface Refusal {
  readonly reason: SignalRejectReason;
  readonly value: RateE8 | null;
  readonly limit: RateE8 | null;
}

/** Limits on the signal itself; each in [0,1] but the reward. */
export interface SignalLimits {
  readonly minConfidence: number;
  readonly minQuality: number;
  /** Least reward over risk, both after the fees of entry and exit. */
  readonly minReward: number;
}

/**
 * The first limit that a signal does not keep, in the order of SIG-5, or null.
 * @param fee of the entry and of the exit, in 1e-8 of their values
 */
export function signalRefusal(draft: SignalDraft, limits: SignalLimits, fee: RateE8): Refusal | null {
  const { minConfidence, minQuality, minReward } = limits;
  if (!(draft.confidence > minConfidence)) return refusal('low_confidence', draft.confidence, minConfidence);
  const quality = meanQuality(draft.quality);
  if (!(quality >= minQuality)) return refusal('low_quality', quality, minQuality);
  const reward = rewardOverRisk(draft, fee);
  return reward >= minReward ? null : refusal('low_reward', reward, minReward);
}

/** What a target brings over what a stop costs, the fees of both ways taken off the one and added to the other. */
function rewardOverRisk({ entry, stop, target }: SignalDraft, fee: RateE8): number {
  const gain = Math.abs(target - entry) - (fee * (entry + target)) / 1e8;
  const loss = Math.abs(entry - stop) + (fee * (entry + stop)) / 1e8;
  return gain / loss;
}

/** How a model's probability is used on a signal. */
export interface ModelLimits {
  /** Least probability. */
  readonly threshold: number;
  /** Weight of the probability in the recalibrated confidence, in [0,1]. */
  readonly weight: number;
  readonly minConfidence: number;
}

/** (1 − weight) · confidence + weight · probability; in [0,1] where both are. */
export function recalibrated(confidence: number, probability: number, weight: number): number {
  return (1 - weight) * confidence + weight * probability;
}

/** Why a model's answer refuses a signal, or null. What is no probability is no agreement (SIG-9). */
export function modelRefusal(confidence: number, probability: number, limits: ModelLimits): Refusal | null {
  const { threshold, weight, minConfidence } = limits;
  if (!(probability >= 0 && probability <= 1)) return { reason: 'model_failed', value: null, limit: null };
  if (probability < threshold) return refusal('low_model_probability', probability, threshold);
  const after = recalibrated(confidence, probability, weight);
  if (!(after > minConfidence)) return refusal('low_recalibrated_confidence', after, minConfidence);
  return null;
}

export function refusal(reason: SignalRejectReason, value: number, limit: number): Refusal {
  return { reason, value: toE8(value), limit: toE8(limit) };
}

/** A share, or another number from 0, as the journal holds it: in whole 1e-8; what is no number becomes 0. */
export function toE8(value: number): RateE8 {
  const scaled = Math.round(value * 1e8);
  return (Number.isSafeInteger(scaled) && scaled > 0 ? scaled : 0) as RateE8;
}
