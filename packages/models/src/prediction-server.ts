import {
  canonicalText,
  type BlockRange,
  type FeatureSpec,
  type ModelSpec,
  type PredictionFailed,
  type PredictionReady,
  type RequestPrediction,
} from '@orrery/core';
import { SIDE } from './card/inputs.ts';
import { InputError } from './input-error.ts';
import type { ModelRunner } from './runner/model-runner.ts';

/** What `fill` reads and writes: columns of the run, by instrument. */
export interface PredictionTable {
  /** Features of the strategy. */
  readonly features: readonly FeatureSpec[];
  /** columns[instrument][feature]. */
  readonly columns: readonly (readonly Float64Array[])[];
  /** predictions[instrument][output], the outputs of all models one after the other; the engine's own. */
  readonly predictions: readonly (readonly Float64Array[])[];
}
type Answer = PredictionReady | PredictionFailed;

/** Rows that `fill` hands to a model at once. */
const FILL_ROWS = 1024;

/**
 * Answers a run's requests from its models: one batch a model and timestamp, one a model and block. The same for a backtest and
 * a live run. A model that fails makes a `PredictionFailed` of each request, never an exception.
 */
export class PredictionServer {
  readonly #batchRows: number;
  readonly #models: readonly { readonly spec: ModelSpec; readonly runner: ModelRunner }[];
  #rows: Float32Array = new Float32Array(0);
  #out: Float64Array = new Float64Array(0);

  /**
   * @param runners the models of `specs`, in their order
   * @param batchRows most requests that a model is handed at once, from 1; what it answers does not depend on it
   * @throws InputError when a runner is not of the file that its spec names, or a column of predictions would need a side
   */
  constructor(specs: readonly ModelSpec[], runners: readonly ModelRunner[], batchRows: number = Infinity) {
    this.#batchRows = batchRows;
    this.#models = specs.map((spec, k) => {
      const runner = runners[k];
      if (runner?.hash !== spec.hash)
        throw new InputError(`model ${spec.id}: the strategy was built for another file than the one that is served`);
      if (spec.outputs.length > 0 && runner.inputs.includes(SIDE)) {
        throw new InputError(`model ${spec.id}: reads the side of a signal, so it cannot be asked at every candle; use it as a filter`);
      }
      if (spec.outputs.length > runner.outputs.length)
        throw new InputError(`model ${spec.id}: gives ${runner.outputs.length} outputs, not ${spec.outputs.length}`);
      return { spec, runner };
    });
  }

  /** The answers, in the order of the requests. */
  answer(requests: readonly RequestPrediction[]): readonly Answer[] {
    const answers: Answer[] = [];
    for (const { spec, runner } of this.#models) {
      const asked = requests.map((request, place) => ({ request, place })).filter(({ request }) => request.modelId === spec.id);
      const fit = asked.filter(({ request }) => request.input.length === runner.inputs.length);
      for (const { request, place } of asked) {
        answers[place] = failed(request, `${spec.id} takes ${runner.inputs.length} inputs, got ${request.input.length}`);
      }
      const rows = this.#rowsFor(fit.length, runner.inputs.length);
      fit.forEach(({ request }, row) => rows.set(request.input, row * runner.inputs.length));
      const fault = this.#predictInBatches(runner, rows, fit.length);
      fit.forEach(({ request, place }, row) => {
        const value = this.#out[row] ?? NaN;
        if (fault !== null) answers[place] = failed(request, fault);
        else if (Number.isNaN(value)) answers[place] = failed(request, `${spec.id} gave no number`);
        else answers[place] = ready(request, runner.hash, value);
      });
    }
    return requests.map((request, place) => answers[place] ?? failed(request, `no model ${request.modelId} is served`));
  }

  /**
   * Fills the prediction columns of a block. A row in which an input has no value gets NaN, as it is not asked about.
   * @throws InputError when a model reads a feature that the strategy does not declare
   * @throws Error when a model fails: a column cannot say so
   */
  fill(block: readonly BlockRange[], table: PredictionTable): void {
    const texts = table.features.map(canonicalText);
    let output = 0;
    for (const { spec, runner } of this.#models) {
      if (spec.outputs.length === 0) continue;
      const slots = runner.inputs.map((input) => texts.indexOf(input));
      const missing = slots.indexOf(-1);
      if (missing >= 0)
        throw new InputError(`model ${spec.id}: reads ${runner.inputs[missing]}, which is not among the strategy's features`);
      for (const { instrument, from, to } of block) {
        const columns = table.columns[instrument] ?? [];
        const inputs = slots.map((slot) => columns[slot] ?? NO_COLUMN);
        const out = table.predictions[instrument]?.[output] ?? NO_COLUMN;
        for (let row = from; row < to; row += FILL_ROWS) this.#fillRows(runner, inputs, row, Math.min(to, row + FILL_ROWS), out);
      }
      output += spec.outputs.length;
    }
  }

  #fillRows(runner: ModelRunner, inputs: readonly Float64Array[], from: number, to: number, out: Float64Array): void {
    const width = inputs.length;
    const rows = this.#rowsFor(to - from, width);
    for (let k = 0; k < width; k++) for (let row = from; row < to; row++) rows[(row - from) * width + k] = inputs[k][row];
    const fault = this.#predict(runner, rows, to - from);
    if (fault !== null) throw new Error(fault);
    for (let row = from; row < to; row++) {
      const isWarm = inputs.every((column) => !Number.isNaN(column[row]));
      out[row] = isWarm ? this.#out[row - from] : NaN;
    }
  }

  #predictInBatches(runner: ModelRunner, rows: Float32Array, count: number): string | null {
    if (count <= this.#batchRows) return this.#predict(runner, rows, count);
    const answers = new Float64Array(count);
    for (let from = 0; from < count; from += this.#batchRows) {
      const some = Math.min(this.#batchRows, count - from);
      const fault = this.#predict(runner, rows.subarray(from * runner.inputs.length), some);
      if (fault !== null) return fault;
      answers.set(this.#out.subarray(0, some), from);
    }
    this.#out = answers;
    return null;
  }

  /** Null, or why the model failed, on one line. */
  #predict(runner: ModelRunner, rows: Float32Array, count: number): string | null {
    if (count === 0) return null;
    if (this.#out.length < count) this.#out = new Float64Array(count);
    try {
      runner.predict(rows, count, this.#out);
      return null;
    } catch (error) {
      return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim();
    }
  }

  #rowsFor(count: number, width: number): Float32Array {
    if (this.#rows.length < count * width) this.#rows = new Float32Array(count * width);
    return this.#rows;
  }
}

const NO_COLUMN = new Float64Array(0);

function ready({ ts, instrument, requestId }: RequestPrediction, modelHash: string, value: number): PredictionReady {
  return { type: 'PredictionReady', ts, instrument, requestId, modelHash, values: [value] };
}
function failed({ ts, instrument, requestId }: RequestPrediction, reason: string): PredictionFailed {
  return { type: 'PredictionFailed', ts, instrument, requestId, reason };
}
