import type { BlockRange, Fact, FeatureSpec, RequestPrediction } from '@orrery/core';

/** What `fill` reads and writes: columns of the run, by instrument. */
export interface PredictionColumns {
  /** Features of the strategy. */
  readonly features: readonly FeatureSpec[];
  /** columns[instrument][feature]. */
  readonly columns: readonly (readonly Float64Array[])[];
  /** predictions[instrument][output], the outputs of all models one after the other. */
  readonly predictions: readonly (readonly Float64Array[])[];
}

/** Models behind a session, as the models package serves them; what they say is recorded and never asked again. */
export interface Predictions {
  /** One answer a request, in any order: PredictionReady or PredictionFailed. */
  answer(requests: readonly RequestPrediction[]): readonly Fact[] | Promise<readonly Fact[]>;
  /** Fills the columns of model outputs for these rows. */
  fill(block: readonly BlockRange[], table: PredictionColumns): void | Promise<void>;
}
