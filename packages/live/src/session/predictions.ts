import type { BlockRange, Fact, RequestPrediction } from '@orrery/core';

/** Models behind a session; what they say is recorded and never asked again. */
export interface Predictions {
  /** One answer a request, in any order: PredictionReady or PredictionFailed. */
  answer(requests: readonly RequestPrediction[]): readonly Fact[] | Promise<readonly Fact[]>;
  /** Fills the columns of model outputs for these rows: `columns[instrument][n]` is the n-th output. */
  fill(ranges: readonly BlockRange[], columns: readonly (readonly Float64Array[])[]): void | Promise<void>;
}
