import { ensembleFault, type TreeEnsemble } from './ensemble.ts';

/** Words of a packed node: column and where a missing value goes (or LEAF), threshold or leaf, first child. */
const WORDS = 3;
const LEAF = -1;
/** Rows that go through one tree before the next tree is taken: its nodes then stay in the cache. */
const BLOCK = 64;

/**
 * Walks rows down an ensemble. The sums are those of libxgboost and of ONNX Runtime with one thread, to the bit: single
 * precision, tree after tree. Synchronous and without native code.
 */
export class TreeWalker {
  readonly #inputs: number;
  readonly #roots: Int32Array;
  readonly #words: Int32Array;
  readonly #values: Float32Array;

  /** @throws RangeError when the trees cannot be walked: see {@link ensembleFault} */
  constructor(ensemble: TreeEnsemble) {
    const fault = ensembleFault(ensemble);
    if (fault !== null) throw new RangeError(`tree ensemble: ${fault}`);
    const { roots, words } = pack(ensemble);
    this.#inputs = ensemble.inputs;
    this.#roots = roots;
    this.#words = words;
    this.#values = new Float32Array(words.buffer);
  }

  /**
   * Sums of the leaves of `count` rows, row-major in `rows`.
   * @throws RangeError when `rows` or `out` is too short
   */
  margin(rows: Float32Array, count: number, out: Float32Array): void {
    if (rows.length < count * this.#inputs || out.length < count) {
      throw new RangeError(`${count} rows of ${this.#inputs} values do not fit ${rows.length} values in and ${out.length} out`);
    }
    for (let from = 0; from < count; from += BLOCK) {
      walk(this.#words, this.#values, this.#roots, rows, this.#inputs, from, Math.min(count, from + BLOCK), out);
    }
  }
}

function walk(
  words: Int32Array,
  values: Float32Array,
  roots: Int32Array,
  rows: Float32Array,
  inputs: number,
  from: number,
  to: number,
  out: Float32Array,
): void {
  out.fill(0, from, to);
  for (let tree = 0; tree < roots.length; tree++) {
    const root = roots[tree];
    for (let row = from; row < to; row++) {
      const start = row * inputs;
      let at = root;
      let word = words[at];
      while (word !== LEAF) {
        const x = rows[start + (word >> 1)];
        const yes = words[at + 2];
        const isYes = x < values[at + 1] || (x !== x && (word & 1) === 1);
        at = isYes ? yes : yes + WORDS;
        word = words[at];
      }
      // Storing rounds to single precision, as a sum of two floats is in the other engines.
      out[row] += values[at + 1];
    }
  }
}

/** Lays each tree out level by level, the two children of a node side by side. */
function pack(ensemble: TreeEnsemble): { readonly roots: Int32Array; readonly words: Int32Array } {
  const { feature, threshold, yes, no, missingYes, leaf } = ensemble;
  const roots = new Int32Array(ensemble.roots.length);
  const words = new Int32Array(feature.length * WORDS);
  const values = new Float32Array(words.buffer);
  let end = 0;
  for (let tree = 0; tree < roots.length; tree++) {
    roots[tree] = end;
    const order = [ensemble.roots[tree]];
    const first = end / WORDS;
    for (let k = 0; k < order.length; k++) {
      const node = order[k];
      const at = (first + k) * WORDS;
      if (feature[node] === -1) {
        words[at] = LEAF;
        values[at + 1] = leaf[node];
        continue;
      }
      words[at] = (feature[node] << 1) | (missingYes[node] === 0 ? 0 : 1);
      values[at + 1] = threshold[node];
      words[at + 2] = (first + order.length) * WORDS;
      order.push(yes[node], no[node]);
    }
    end = (first + order.length) * WORDS;
  }
  return { roots, words };
}
