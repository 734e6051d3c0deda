import type { Interval } from '@orrery/core';
import type { ModelOrigin, SampleSet } from '@orrery/ml-train';

/** Samples to train on, where they come from, and what is told of them. */
export interface TrainingSource {
  readonly samples: SampleSet;
  readonly interval: Interval;
  readonly origin: ModelOrigin;
  /** For `--json`. */
  readonly counts: Readonly<Record<string, number>>;
  /** For a person: one line. */
  readonly line: string;
}
/** Tells how far a stage of the work is. */
export type OnStage = (stage: string, done: number, total: number) => void;
