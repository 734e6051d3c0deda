import { log } from '@orrery/core';
import { probability, type Calibration } from '../calibration.ts';
import type { ModelRunner } from './model-runner.ts';
import type { OnnxSession } from './onnx-session.ts';
import type { RunnerIdentity } from './walker-runner.ts';

/** What the output that is read holds. */
export type OutputKind = 'margin' | 'probability';
export interface OnnxReading {
  readonly input: string;
  readonly output: string;
  readonly kind: OutputKind;
}

/** A model computed by ONNX Runtime. Of two columns the second is read, which is class 1's. */
export class OnnxRunner implements ModelRunner {
  readonly hash: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly #session: OnnxSession;
  readonly #reading: OnnxReading;
  readonly #calibration: Calibration;

  constructor(identity: RunnerIdentity, session: OnnxSession, reading: OnnxReading, calibration: Calibration) {
    this.hash = identity.hash;
    this.inputs = identity.inputs;
    this.outputs = identity.outputs;
    this.#session = session;
    this.#reading = reading;
    this.#calibration = calibration;
  }
  predict(rows: Float32Array, count: number, out: Float64Array): void {
    const isPlain = this.#reading.kind === 'probability' && this.#calibration.kind === 'none';
    this.#each(rows, count, out.length, (row, value) => {
      out[row] = isPlain ? clamped(value) : probability(this.#marginOf(value), this.#calibration);
    });
  }
  margins(rows: Float32Array, count: number, out: Float32Array): void {
    this.#each(rows, count, out.length, (row, value) => {
      out[row] = this.#marginOf(value);
    });
  }
  close(): void {
    this.#session.close();
  }

  #marginOf(value: number): number {
    if (this.#reading.kind === 'margin') return value;
    const p = clamped(value);
    return log(p) - log(1 - p);
  }
  #each(rows: Float32Array, count: number, room: number, take: (row: number, value: number) => void): void {
    const width = this.inputs.length;
    if (rows.length < count * width || room < count) {
      throw new RangeError(`${count} rows of ${width} values do not fit ${rows.length} values in and ${room} out`);
    }
    if (count === 0) return;
    const { values, columns } = this.#session.run(this.#reading.input, rows, count, width, this.#reading.output);
    if (columns !== 1 && (columns !== 2 || this.#reading.kind === 'margin')) {
      throw new Error(`output ${this.#reading.output} has ${columns} values a row, which is no ${this.#reading.kind}`);
    }
    for (let row = 0; row < count; row++) take(row, values[row * columns + columns - 1]);
  }
}

function clamped(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}
