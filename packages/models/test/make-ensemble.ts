import type { TreeEnsemble } from '../src/index.ts';
import { randomOf } from './random.ts';

/** A tree as one would draw it: a leaf's value, or a question with its two answers. */
export type Drawn =
  | number
  | { readonly column: number; readonly below: number; readonly yes: Drawn; readonly no: Drawn; readonly missing?: 'yes' };

/** The flat form of drawn trees, parents before children. */
export function ensembleOf(inputs: number, trees: readonly Drawn[]): TreeEnsemble {
  const nodes: { feature: number; threshold: number; yes: number; no: number; missingYes: number; leaf: number }[] = [];
  const add = (tree: Drawn): number => {
    const at = nodes.length;
    const node = { feature: -1, threshold: 0, yes: 0, no: 0, missingYes: 0, leaf: 0 };
    nodes.push(node);
    if (typeof tree === 'number') node.leaf = tree;
    else {
      node.feature = tree.column;
      node.threshold = tree.below;
      node.missingYes = tree.missing === 'yes' ? 1 : 0;
      node.yes = add(tree.yes);
      node.no = add(tree.no);
    }
    return at;
  };
  const roots = trees.map(add);
  return {
    inputs,
    roots: Int32Array.from(roots),
    feature: Int32Array.from(nodes, (node) => node.feature),
    threshold: Float32Array.from(nodes, (node) => node.threshold),
    yes: Int32Array.from(nodes, (node) => node.yes),
    no: Int32Array.from(nodes, (node) => node.no),
    missingYes: Uint8Array.from(nodes, (node) => node.missingYes),
    leaf: Float32Array.from(nodes, (node) => node.leaf),
  };
}

/** Trees of uneven depth behind a base score, as boosting grows them. */
export function randomEnsemble(seed: number, inputs: number, trees: number, depth: number): TreeEnsemble {
  const random = randomOf(seed);
  const grow = (left: number): Drawn => {
    if (left === 0 || (left < depth && random() < 0.15)) return (random() - 0.5) * 0.3;
    return {
      column: Math.floor(random() * inputs),
      // Few different thresholds, so that rows can hit them exactly.
      below: Math.round((random() - 0.5) * 20) / 7,
      yes: grow(left - 1),
      no: grow(left - 1),
      ...(random() < 0.5 ? { missing: 'yes' } : {}),
    };
  };
  return ensembleOf(inputs, [random() - 0.5, ...Array.from({ length: trees }, () => grow(depth))]);
}

/** Rows with values missing, at exact thresholds of the ensemble, and anywhere. */
export function randomRows(seed: number, ensemble: TreeEnsemble, count: number): Float32Array {
  const random = randomOf(seed);
  const rows = new Float32Array(count * ensemble.inputs);
  for (let k = 0; k < rows.length; k++) {
    const kind = random();
    if (kind < 0.05) rows[k] = NaN;
    else if (kind < 0.3) rows[k] = ensemble.threshold[Math.floor(random() * ensemble.threshold.length)];
    else if (kind < 0.31) rows[k] = random() < 0.5 ? -Infinity : Infinity;
    else rows[k] = (random() - 0.5) * 4;
  }
  return rows;
}
