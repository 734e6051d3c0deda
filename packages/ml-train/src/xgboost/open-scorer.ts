import { Booster } from './booster.ts';
import { loadLibrary, NativeFloats, versionOf } from './c-api.ts';
import { checkVersion, type Version } from './version-gate.ts';

/** A model inside the library, asked by synchronous calls in one thread. */
export interface Scorer {
  readonly version: Version;
  /** Writes the raw margins of `count` rows, row after row, NaN for a missing value, to `out`. */
  margins(rows: Float32Array, count: number, out: Float32Array): void;
  /** Frees the model and the library's memory. */
  close(): void;
}

/**
 * Opens the library in this very process, to measure what a prediction costs without the way to another process. A wrong call or a
 * crash of the library ends the program here: whatever works on people's data uses BoosterProcess.
 * @param file XGBoost's shared library
 * @param model in XGBoost's JSON
 * @param columns values of a row
 * @param most rows of the largest call
 * @throws InputError for a version that is not known to work; Error when the library or the model cannot be loaded
 */
export function openScorer(file: string, model: Uint8Array, columns: number, most: number): Scorer {
  const library = loadLibrary(file);
  const version = versionOf(library);
  checkVersion(version, file);
  const booster = new Booster(library, [], { nthread: '1' });
  booster.load(model);
  const native = new NativeFloats(most * columns);
  const predict = booster.densePredictor(native, columns);
  return {
    version,
    margins(rows, count, out) {
      native.values.set(rows);
      out.set(predict(count));
    },
    close() {
      booster.free();
      native.free();
    },
  };
}
