import type { TreeEnsemble } from '@orrery/models';
import type { BoosterModel, BoosterTree } from './booster-json.ts';

/**
 * The booster's trees in the form that is walked and exported. The margin that XGBoost starts from comes first, as a tree of one
 * leaf, since sums in float32 depend on their order.
 * @param baseMargin as the library itself gave it
 * @param rounds trees to take, from the first; a booster that stopped early holds more than it is meant to use
 */
export function treeEnsembleOf(booster: BoosterModel, baseMargin: number, rounds: number): TreeEnsemble {
  const trees: readonly BoosterTree[] = [oneLeaf(baseMargin), ...booster.trees.slice(0, rounds)];
  const nodes = trees.reduce((sum, tree) => sum + tree.left_children.length, 0);
  const ensemble = {
    inputs: booster.features,
    roots: new Int32Array(trees.length),
    feature: new Int32Array(nodes),
    threshold: new Float32Array(nodes),
    yes: new Int32Array(nodes),
    no: new Int32Array(nodes),
    missingYes: new Uint8Array(nodes),
    leaf: new Float32Array(nodes),
  };
  let first = 0;
  for (const [t, tree] of trees.entries()) {
    ensemble.roots[t] = first;
    for (const [n, left] of tree.left_children.entries()) {
      const at = first + n;
      const isLeaf = left === -1;
      const value = tree.split_conditions[n] ?? Number.NaN;
      ensemble.feature[at] = isLeaf ? -1 : (tree.split_indices[n] ?? 0);
      ensemble.threshold[at] = isLeaf ? 0 : value;
      ensemble.leaf[at] = isLeaf ? value : 0;
      ensemble.yes[at] = isLeaf ? 0 : first + left;
      ensemble.no[at] = isLeaf ? 0 : first + (tree.right_children[n] ?? 0);
      ensemble.missingYes[at] = Number(tree.default_left[n] ?? 0);
    }
    first += tree.left_children.length;
  }
  return ensemble;
}

function oneLeaf(value: number): BoosterTree {
  return { left_children: [-1], right_children: [-1], split_indices: [0], split_conditions: [value], default_left: [0] };
}
