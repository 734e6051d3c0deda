import type { BlockRange, Fact, RequestPrediction, Strategy } from '@orrery/core';
import { InputError } from '@orrery/data';
import { PredictionServer, type ModelRunner, type PredictionTable } from '@orrery/models';

/** Where a run's predictions come from: its models, or the journal of the run that is told again. */
export interface PredictionSource {
  /** One fact a request, in their order. */
  answer(requests: readonly RequestPrediction[]): readonly Fact[];
  /** Fills the prediction columns of a block. */
  fill(block: readonly BlockRange[], table: PredictionTable): void;
}
/** Made once the strategy is there, because its models stand in it. */
export type PredictionSourceOf = (strategy: Strategy<unknown>) => PredictionSource;

/**
 * Predictions of real models.
 * @param runners by model id
 * @param batchRows most requests that a model is handed at once; default: all of a moment
 * @throws InputError, when called with a strategy, if a model of it has no runner
 */
export function servedBy(runners: ReadonlyMap<string, ModelRunner>, batchRows?: number): PredictionSourceOf {
  return ({ models, id }) => {
    const own = models.map((spec) => {
      const runner = runners.get(spec.id);
      if (runner === undefined) throw new InputError(`strategy ${id} reads model ${spec.id}, and it is not given; give it with --model`);
      return runner;
    });
    return new PredictionServer(models, own, batchRows);
  };
}
