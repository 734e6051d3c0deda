import type { OnnxNode } from '../onnx/proto.ts';
import { Attributes } from './attributes.ts';
import { ensembleFault, type TreeEnsemble } from './ensemble.ts';

/** What a tree node's sums mean: raw, or to be put through the logistic function for a probability. */
export type Link = 'none' | 'logistic';
export type ReadTrees =
  | { readonly kind: 'trees'; readonly ensemble: TreeEnsemble; readonly link: Link }
  /** A graph that only ONNX Runtime can compute. */
  | { readonly kind: 'opaque'; readonly why: string };

const opaque = (why: string): ReadTrees => ({ kind: 'opaque', why });

/**
 * The trees of a TreeEnsembleRegressor with one target, or of a TreeEnsembleClassifier with two classes whose leaves all speak
 * for one of them. Source: ONNX operator specification, ai.onnx.ml, versions 1 and 3.
 */
export function readTrees(node: OnnxNode, columns: number): ReadTrees {
  const attributes = new Attributes(node);
  const isClassifier = node.opType === 'TreeEnsembleClassifier';
  const transform = attributes.string('post_transform', 'NONE');
  if (transform !== 'NONE' && transform !== 'LOGISTIC') return opaque(`post_transform ${transform}`);
  if (!isClassifier && attributes.string('aggregate_function', 'SUM') !== 'SUM') return opaque('leaves that are not summed');
  if (!isClassifier && attributes.int('n_targets', 1) !== 1) return opaque(`${attributes.int('n_targets', 1)} targets`);
  const classes = Math.max(attributes.ints('classlabels_int64s').length, attributes.strings('classlabels_strings').length);
  if (isClassifier && classes !== 2) return opaque(`${classes} classes`);
  const modes = new Set(attributes.strings('nodes_modes'));
  for (const mode of modes) if (mode !== 'BRANCH_LT' && mode !== 'LEAF') return opaque(`branches of mode ${mode}`);
  if (attributes.has('nodes_values_as_tensor')) return opaque('thresholds in double precision');
  const prefix = isClassifier ? 'class' : 'target';
  const targets = attributes.ints(`${prefix}_ids`);
  // Leaves of one class only are a binary margin for class 1; leaves of both are votes, which another rule counts.
  if (targets.some((id) => id !== targets[0])) return opaque('leaves that vote for more than one class');
  const ensemble = ensembleOf(attributes, prefix, columns);
  if (typeof ensemble === 'string') return opaque(ensemble);
  const fault = ensembleFault(ensemble);
  return fault === null ? { kind: 'trees', ensemble, link: transform === 'LOGISTIC' ? 'logistic' : 'none' } : opaque(fault);
}

/** The ensemble, or what is wrong with the columns of its nodes. `base_values` become a last tree, as ONNX Runtime adds them last. */
function ensembleOf(attributes: Attributes, prefix: string, columns: number): TreeEnsemble | string {
  const treeIds = attributes.ints('nodes_treeids');
  const nodeIds = attributes.ints('nodes_nodeids');
  const base = attributes.floats('base_values');
  if (base.length > 1) return `${base.length} base values`;
  const extra = base.length === 1 && base[0] !== 0 ? 1 : 0;
  const nodes = treeIds.length;
  const places = new Map(treeIds.map((tree, k) => [`${tree}.${nodeIds[k]}`, k]));
  if (places.size !== nodes) return 'nodes with the same number';
  const modes = attributes.strings('nodes_modes');
  const of = (name: string): readonly number[] => attributes.ints(name);
  const [features, truthy, falsy, missing] = [
    of('nodes_featureids'),
    of('nodes_truenodeids'),
    of('nodes_falsenodeids'),
    of('nodes_missing_value_tracks_true'),
  ];
  const values = attributes.floats('nodes_values');
  const isShort = [nodeIds, modes, features, truthy, falsy, values].some((column) => column.length !== nodes);
  if (isShort || (missing.length !== 0 && missing.length !== nodes)) return 'columns of nodes that are not equally long';
  const ensemble = emptyEnsemble(columns, nodes + extra);
  const roots: number[] = [];
  let former: number | undefined;
  for (let k = 0; k < nodes; k++) {
    // A tree's root is its first node.
    if (treeIds[k] !== former) roots.push(k);
    former = treeIds[k];
    if (modes[k] === 'LEAF') continue;
    ensemble.feature[k] = features[k];
    ensemble.threshold[k] = values[k];
    ensemble.yes[k] = places.get(`${treeIds[k]}.${truthy[k]}`) ?? -1;
    ensemble.no[k] = places.get(`${treeIds[k]}.${falsy[k]}`) ?? -1;
    ensemble.missingYes[k] = missing[k] === 1 ? 1 : 0;
  }
  const fault = fillLeaves(attributes, prefix, places, ensemble);
  if (fault !== null) return fault;
  if (extra === 1) {
    ensemble.leaf[nodes] = base[0];
    roots.push(nodes);
  }
  return { ...ensemble, roots: Int32Array.from(roots) };
}

function fillLeaves(attributes: Attributes, prefix: string, places: ReadonlyMap<string, number>, into: TreeEnsemble): string | null {
  const trees = attributes.ints(`${prefix}_treeids`);
  const nodes = attributes.ints(`${prefix}_nodeids`);
  const weights = attributes.floats(`${prefix}_weights`);
  if (nodes.length !== trees.length || weights.length !== trees.length) return 'columns of leaves that are not equally long';
  const seen = new Set<number>();
  for (let k = 0; k < trees.length; k++) {
    const place = places.get(`${trees[k]}.${nodes[k]}`);
    if (place === undefined || into.feature[place] !== -1) return `a weight for node ${nodes[k]} of tree ${trees[k]}, which is no leaf`;
    if (seen.has(place)) return `two weights for node ${nodes[k]} of tree ${trees[k]}`;
    seen.add(place);
    into.leaf[place] = weights[k];
  }
  return null;
}

function emptyEnsemble(inputs: number, nodes: number): TreeEnsemble {
  return {
    inputs,
    roots: new Int32Array(0),
    feature: new Int32Array(nodes).fill(-1),
    threshold: new Float32Array(nodes),
    yes: new Int32Array(nodes),
    no: new Int32Array(nodes),
    missingYes: new Uint8Array(nodes),
    leaf: new Float32Array(nodes),
  };
}
