/**
 * Decision trees whose leaves add up to a margin. Flat nodes, a struct of arrays: node n is a leaf where `feature[n]` is −1, else a
 * row with `x[feature[n]] < threshold[n]` goes on to `yes[n]`, any other to `no[n]`, and one whose value is missing (NaN) to `yes[n]`
 * where `missingYes[n]` is 1. All node arrays are equally long; each node belongs to one tree.
 *
 * A base score stands as a tree of one leaf in front: floats are added in tree order, and XGBoost starts at the base.
 */
export interface TreeEnsemble {
  /** Columns of a row. */
  readonly inputs: number;
  /** First node of each tree, in the order in which their leaves are added. */
  readonly roots: Int32Array;
  /** Column that a node asks about, or −1 for a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  readonly yes: Int32Array;
  readonly no: Int32Array;
  readonly missingYes: Uint8Array;
  /** What a leaf adds; 0 elsewhere. */
  readonly leaf: Float32Array;
}

/** What makes an ensemble one that cannot be walked, in a few words, or null. */
export function ensembleFault(ensemble: TreeEnsemble): string | null {
  const { inputs, roots, feature, threshold, yes, no, missingYes, leaf } = ensemble;
  const nodes = feature.length;
  const columns = [threshold, yes, no, missingYes, leaf];
  if (columns.some((column) => column.length !== nodes)) return 'its columns of nodes are not equally long';
  if (!Number.isSafeInteger(inputs) || inputs < 1) return `it has ${inputs} inputs`;
  if (roots.length === 0) return 'it has no trees';
  const seen = new Uint8Array(nodes);
  const open: number[] = [];
  for (let tree = 0; tree < roots.length; tree++) {
    open.push(roots[tree]);
    for (let n = open.pop(); n !== undefined; n = open.pop()) {
      if (n < 0 || n >= nodes) return `tree ${tree} leads to node ${n}, which is not there`;
      if (seen[n] === 1) return `two ways of tree ${tree} or an earlier one lead to node ${n}`;
      seen[n] = 1;
      if (feature[n] === -1) {
        if (!Number.isFinite(leaf[n])) return `leaf ${n} of tree ${tree} holds ${leaf[n]}`;
        continue;
      }
      if (feature[n] < 0 || feature[n] >= inputs) return `node ${n} of tree ${tree} asks about column ${feature[n]} of ${inputs}`;
      if (!Number.isFinite(threshold[n])) return `node ${n} of tree ${tree} has the threshold ${threshold[n]}`;
      open.push(no[n], yes[n]);
    }
  }
  return null;
}
