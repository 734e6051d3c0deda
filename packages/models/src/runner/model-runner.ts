/** A model that answers. Synchronous: the same call serves a backtest and a live run. */
export interface ModelRunner {
  /** SHA-256 of model.onnx. */
  readonly hash: string;
  /** Inputs in the order of the columns. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /**
   * Calibrated probabilities in [0, 1] of the first `count` rows.
   * @param rows row-major, `inputs.length` values a row, NaN where one is missing
   * @throws RangeError when `rows` or `out` is too short
   */
  predict(rows: Float32Array, count: number, out: Float64Array): void;
  /** The raw sums, before calibration; for an imported model that gives probabilities, their logits. */
  margins(rows: Float32Array, count: number, out: Float32Array): void;
  /** Gives native memory back; the runner cannot be used afterwards. */
  close(): void;
}
