import { log } from '@orrery/core';

/** Probabilities nearer to 0 or 1 than this count as this, so that one certain mistake does not make the log loss infinite. */
const LEAST = 1e-15;

/** Mean squared distance of the probability from what happened (Brier, 1950): 0 is perfect, 0.25 is what 0.5 always gives. */
export function brierScore(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < labels.length; k++) sum += ((probabilities[k] ?? Number.NaN) - (labels[k] ?? Number.NaN)) ** 2;
  return sum / labels.length;
}

/** Mean negative log-likelihood, in nats: 0 is perfect, ln 2 is what 0.5 always gives. */
export function logLoss(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < labels.length; k++) {
    const p = Math.min(1 - LEAST, Math.max(LEAST, probabilities[k] ?? Number.NaN));
    sum -= log(labels[k] === 1 ? p : 1 - p);
  }
  return sum / labels.length;
}

/** One row of a calibration table. */
export interface CalibrationBin {
  readonly count: number;
  readonly meanProbability: number;
  /** Share of wins. */
  readonly winRate: number;
}

/** Samples in order of their probability, cut into bins of equal count: where mean probability and win rate agree, the model knows what it says. */
export function calibrationTable(labels: ArrayLike<number>, probabilities: ArrayLike<number>, bins = 10): readonly CalibrationBin[] {
  const order = Array.from(probabilities, (_, k) => k).sort((a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0) || a - b);
  return Array.from({ length: bins }, (_, bin) => {
    const members = order.slice(Math.floor((bin * order.length) / bins), Math.floor(((bin + 1) * order.length) / bins));
    const mean = (values: ArrayLike<number>): number => members.reduce((sum, k) => sum + (values[k] ?? 0), 0) / members.length;
    return { count: members.length, meanProbability: mean(probabilities), winRate: mean(labels) };
  }).filter(({ count }) => count > 0);
}
