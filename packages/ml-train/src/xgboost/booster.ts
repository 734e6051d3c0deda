import { copied, type Handle, type NativeFloats, type Out, type XgboostLibrary } from './c-api.ts';
import type { FeatureMatrix, LabelledMatrix } from './messages.ts';

/** Turns a return code into an exception with XGBoost's own text. */
function check(library: XgboostLibrary, code: number): void {
  if (code === 0) return;
  // The text opens with the time and the place in the source, and carries the library's stack behind its first line.
  const [line = ''] = library.lastError().split('\n');
  throw new Error(`XGBoost: ${line.replace(/^\[[\d:]+\] \S+ /, '').trim()}`);
}

/** Rows inside the library. Copied on the way in, so the arrays may go. */
export class Matrix {
  readonly handle: Handle;
  readonly rows: number;
  readonly #library: XgboostLibrary;

  constructor(library: XgboostLibrary, matrix: FeatureMatrix | LabelledMatrix, threads: number) {
    this.#library = library;
    this.rows = matrix.rows;
    const out: Out<Handle> = [null];
    check(library, library.matrixFromRows(matrix.values, matrix.rows, matrix.columns, Number.NaN, out, threads));
    this.handle = out[0];
    if (!('labels' in matrix)) return;
    check(library, library.setFloats(this.handle, 'label', matrix.labels, matrix.labels.length));
    check(library, library.setFloats(this.handle, 'weight', matrix.weights, matrix.weights.length));
  }
  free(): void {
    check(this.#library, this.#library.freeMatrix(this.handle));
  }
}

/** A booster. Its whole life is in one thread, with synchronous calls: the library's caches are per thread. */
export class Booster {
  readonly #library: XgboostLibrary;
  readonly #handle: Handle;

  constructor(library: XgboostLibrary, matrices: readonly Matrix[], parameters: Readonly<Record<string, string>>) {
    this.#library = library;
    const out: Out<Handle> = [null];
    check(
      library,
      library.create(
        matrices.map(({ handle }) => handle),
        matrices.length,
        out,
      ),
    );
    this.#handle = out[0];
    for (const [name, value] of Object.entries(parameters)) check(library, library.setParameter(this.#handle, name, value));
  }
  update(round: number, matrix: Matrix): void {
    check(this.#library, this.#library.update(this.#handle, round, matrix.handle));
  }
  /** The metric of a matrix after a round, as the library rounds it in its text. */
  evaluate(round: number, matrix: Matrix): number {
    const out: Out<Handle> = [null];
    check(this.#library, this.#library.evaluate(this.#handle, round, [matrix.handle], ['v'], 1, out));
    const value = Number(/:([^:\s]+)\s*$/.exec(copied.text(out[0]))?.[1]);
    if (Number.isNaN(value)) throw new Error(`XGBoost: unreadable evaluation ${copied.text(out[0])}`);
    return value;
  }
  /** Raw margins by the trees of the first `rounds` rounds; 0 means all. */
  margins(matrix: Matrix, rounds: number): Float32Array {
    const [shape, dimensions, out]: [Out<Handle>, Out<number>, Out<Handle>] = [[null], [0], [null]];
    const config = JSON.stringify({ type: 1, training: false, iteration_begin: 0, iteration_end: rounds, strict_shape: false });
    check(this.#library, this.#library.predict(this.#handle, matrix.handle, config, shape, dimensions, out));
    const length = copied.words(shape[0], Number(dimensions[0])).reduce((product, size) => product * size, 1n);
    if (length !== BigInt(matrix.rows)) throw new Error(`XGBoost: ${length} predictions for ${matrix.rows} rows`);
    return copied.floats(out[0], matrix.rows);
  }
  /** Raw margins of dense rows by all trees, without a matrix in between. @param rows at most as many as `values` holds */
  densePredictor(values: NativeFloats, columns: number): (rows: number) => Float32Array {
    const config = '{"type":1,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false,"cache_id":0,"missing":NaN}';
    const [shape, dimensions, out]: [Out<Handle>, Out<number>, Out<Handle>] = [[null], [0], [null]];
    return (rows) => {
      const array = `{"data":[${values.address},true],"shape":[${rows},${columns}],"typestr":"<f4","version":3}`;
      check(this.#library, this.#library.predictDense(this.#handle, array, config, null, shape, dimensions, out));
      return copied.floats(out[0], rows);
    };
  }
  /** The model as XGBoost's JSON. */
  save(): Uint8Array {
    const [length, out]: [Out<number>, Out<Handle>] = [[0], [null]];
    check(this.#library, this.#library.save(this.#handle, '{"format":"json"}', length, out));
    return copied.bytes(out[0], Number(length[0]));
  }
  load(model: Uint8Array): void {
    check(this.#library, this.#library.load(this.#handle, model, model.length));
  }
  /** Mean gain of the splits on each column; 0 where there is none. */
  gain(columns: number): Float64Array {
    const [features, names, dimensions]: [Out<number>, Out<Handle>, Out<number>] = [[0], [null], [0]];
    const [shape, scores]: [Out<Handle>, Out<Handle>] = [[null], [null]];
    const config = '{"importance_type":"gain"}';
    check(this.#library, this.#library.score(this.#handle, config, features, names, dimensions, shape, scores));
    const gain = new Float64Array(columns);
    const count = Number(features[0]);
    if (count === 0) return gain;
    const values = copied.floats(scores[0], count);
    // Columns without names of their own are called f0, f1, and so on.
    for (const [k, name] of copied.texts(names[0], count).entries()) gain[Number(name.slice(1))] = values[k] ?? 0;
    return gain;
  }
  free(): void {
    check(this.#library, this.#library.free(this.#handle));
  }
}
