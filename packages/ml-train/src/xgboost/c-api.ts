import koffi from 'koffi';
import type { Version } from './version-gate.ts';

/** What XGBoost hands out: an address whose inside is its own. */
export type Handle = unknown;
/** An output argument of one value. */
export type Out<T> = [T];

/** The functions of XGBoost's C interface that are used here, as its c_api.h declares them. Each but the first two returns 0 for success. */
export interface XgboostLibrary {
  readonly lastError: () => string;
  readonly version: (major: Out<number>, minor: Out<number>, patch: Out<number>) => void;
  readonly matrixFromRows: (
    data: Float32Array,
    rows: number,
    columns: number,
    missing: number,
    out: Out<Handle>,
    threads: number,
  ) => number;
  readonly setFloats: (matrix: Handle, field: string, values: Float32Array, length: number) => number;
  readonly freeMatrix: (matrix: Handle) => number;
  readonly create: (matrices: readonly Handle[], length: number, out: Out<Handle>) => number;
  readonly free: (booster: Handle) => number;
  readonly setParameter: (booster: Handle, name: string, value: string) => number;
  readonly update: (booster: Handle, round: number, matrix: Handle) => number;
  readonly evaluate: (
    booster: Handle,
    round: number,
    matrices: readonly Handle[],
    names: readonly string[],
    length: number,
    out: Out<Handle>,
  ) => number;
  readonly predict: (
    booster: Handle,
    matrix: Handle,
    config: string,
    shape: Out<Handle>,
    dimensions: Out<number>,
    out: Out<Handle>,
  ) => number;
  readonly predictDense: (
    booster: Handle,
    values: string,
    config: string,
    proxy: null,
    shape: Out<Handle>,
    dimensions: Out<number>,
    out: Out<Handle>,
  ) => number;
  readonly save: (booster: Handle, config: string, length: Out<number>, out: Out<Handle>) => number;
  readonly load: (booster: Handle, bytes: Uint8Array, length: number) => number;
  readonly score: (
    booster: Handle,
    config: string,
    features: Out<number>,
    names: Out<Handle>,
    dimensions: Out<number>,
    shape: Out<Handle>,
    scores: Out<Handle>,
  ) => number;
}

/** @throws Error when the file is no library of this machine's kind, or lacks a function */
export function loadLibrary(file: string): XgboostLibrary {
  const library = koffi.load(file);
  // The signatures below are the contract: a wrong one would be a crash of the process, not an exception.
  const declared = (signature: string): never => library.func(signature) as never;
  return {
    lastError: declared('const char* XGBGetLastError()'),
    version: declared('void XGBoostVersion(_Out_ int* major, _Out_ int* minor, _Out_ int* patch)'),
    matrixFromRows: declared(
      'int XGDMatrixCreateFromMat_omp(const float* data, uint64_t rows, uint64_t columns, float missing, _Out_ void** out, int threads)',
    ),
    setFloats: declared('int XGDMatrixSetFloatInfo(void* matrix, const char* field, const float* values, uint64_t length)'),
    freeMatrix: declared('int XGDMatrixFree(void* matrix)'),
    create: declared('int XGBoosterCreate(void** matrices, uint64_t length, _Out_ void** out)'),
    free: declared('int XGBoosterFree(void* booster)'),
    setParameter: declared('int XGBoosterSetParam(void* booster, const char* name, const char* value)'),
    update: declared('int XGBoosterUpdateOneIter(void* booster, int round, void* matrix)'),
    evaluate: declared(
      'int XGBoosterEvalOneIter(void* booster, int round, void** matrices, const char** names, uint64_t length, _Out_ void** out)',
    ),
    predict: declared(
      'int XGBoosterPredictFromDMatrix(void* booster, void* matrix, const char* config, _Out_ void** shape, _Out_ uint64_t* dimensions, _Out_ void** out)',
    ),
    predictDense: declared(
      'int XGBoosterPredictFromDense(void* booster, const char* values, const char* config, void* proxy, _Out_ void** shape, _Out_ uint64_t* dimensions, _Out_ void** out)',
    ),
    save: declared('int XGBoosterSaveModelToBuffer(void* booster, const char* config, _Out_ uint64_t* length, _Out_ void** out)'),
    load: declared('int XGBoosterLoadModelFromBuffer(void* booster, const void* bytes, uint64_t length)'),
    score: declared(
      'int XGBoosterFeatureScore(void* booster, const char* config, _Out_ uint64_t* features, _Out_ void** names, _Out_ uint64_t* dimensions, _Out_ void** shape, _Out_ void** scores)',
    ),
  };
}

export function versionOf(library: XgboostLibrary): Version {
  const [major, minor, patch]: [Out<number>, Out<number>, Out<number>] = [[0], [0], [0]];
  library.version(major, minor, patch);
  return { major: major[0], minor: minor[0], patch: patch[0] };
}

/** Floats outside of JavaScript's memory, where the library may read them by their address. */
export class NativeFloats {
  readonly values: Float32Array;
  readonly #memory: Handle;

  constructor(length: number) {
    this.#memory = koffi.alloc('float', length);
    this.values = new Float32Array(koffi.view(this.#memory, length * 4));
  }
  get address(): bigint {
    return koffi.address(this.#memory);
  }
  /** Nothing may look at `values` afterwards. */
  free(): void {
    koffi.free(this.#memory);
  }
}

/** Copies what an address holds: the memory belongs to the library, which uses it again on its next call. */
export const copied = {
  text: (address: Handle): string => String(koffi.decode(address, 'char', -1)),
  texts: (address: Handle, length: number): readonly string[] => koffi.decode(address, 'char*', length) as string[],
  floats: (address: Handle, length: number): Float32Array => new Float32Array(koffi.view(address, length * 4)).slice(),
  words: (address: Handle, length: number): BigUint64Array => new BigUint64Array(koffi.view(address, length * 8)).slice(),
  bytes: (address: Handle, length: number): Uint8Array => new Uint8Array(koffi.view(address, length)).slice(),
};
