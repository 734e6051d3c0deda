import type { Tape } from '@orrery/core';
import { dayText } from './day-text.ts';

/** The candles that a model has learnt from. */
export interface TrainedOn {
  readonly model: string;
  /** Open times, ms UTC: from included, to excluded. */
  readonly from: number;
  readonly to: number;
}

/** One sentence for each model that has seen candles of the run: it knows how they went on, so the run flatters it. */
export function inSampleWarnings(tapes: readonly Tape[], models: readonly TrainedOn[]): readonly string[] {
  let [first, last] = [Infinity, -Infinity];
  for (const { closeTs, intervalMs, length } of tapes) {
    if (length === 0) continue;
    first = Math.min(first, (closeTs[0] ?? NaN) - intervalMs + 1);
    last = Math.max(last, closeTs[length - 1] ?? NaN);
  }
  return models
    .filter(({ from, to }) => first < to && last >= from)
    .map(
      ({ model, from, to }) =>
        `model ${model} was trained on candles from ${dayText(from)} to ${dayText(to - 1)}, which this run goes over: its result flatters the model; test on others`,
    );
}
