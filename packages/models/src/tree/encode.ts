import { ATTRIBUTE_TYPE, encodeOnnx, FLOAT32, type OnnxAttribute, type OnnxModel } from '../onnx/proto.ts';
import { ensembleFault, type TreeEnsemble } from './ensemble.ts';

/** What stands beside the trees in the file. */
export interface EncodeNames {
  /** Names of the columns, kept as the metadata `orrery.inputs`, one a line. */
  readonly inputs: readonly string[];
  readonly producer: string;
}

/** Versions that the files are written for; every ONNX Runtime from 1.12 on reads them. */
export const IR_VERSION = 8;
export const OPSET = 17;
export const ML_OPSET = 3;
export const ML_DOMAIN = 'ai.onnx.ml';
/** Key of the metadata that names the columns. */
export const INPUTS_KEY = 'orrery.inputs';

/**
 * The ensemble as an ONNX file: one TreeEnsembleRegressor from `rows`, float32 [N, inputs], to `margin`, float32 [N, 1]. It gives
 * the raw sum, without `base_values`: ONNX Runtime would add those last, and single-precision sums depend on the order.
 * Source of the attributes: ONNX operator specification, ai.onnx.ml, TreeEnsembleRegressor version 3.
 * @throws RangeError when the trees cannot be walked, or the names are not one a column
 */
export function encodeTreeEnsemble(ensemble: TreeEnsemble, names: EncodeNames): Uint8Array {
  const fault = ensembleFault(ensemble);
  if (fault !== null) throw new RangeError(`tree ensemble: ${fault}`);
  if (names.inputs.length !== ensemble.inputs) {
    throw new RangeError(`${names.inputs.length} names for the ${ensemble.inputs} columns of a tree ensemble`);
  }
  const model: OnnxModel = {
    irVersion: IR_VERSION,
    producerName: names.producer,
    producerVersion: '',
    opsetImport: [
      { domain: '', version: OPSET },
      { domain: ML_DOMAIN, version: ML_OPSET },
    ],
    metadataProps: [{ key: INPUTS_KEY, value: names.inputs.join('\n') }],
    graph: {
      name: 'trees',
      input: [
        { name: 'rows', type: { tensorType: { elemType: FLOAT32, shape: { dim: [{ dimParam: 'N' }, { dimValue: ensemble.inputs }] } } } },
      ],
      output: [{ name: 'margin', type: { tensorType: { elemType: FLOAT32, shape: { dim: [{ dimParam: 'N' }, { dimValue: 1 }] } } } }],
      node: [
        {
          name: 'trees',
          opType: 'TreeEnsembleRegressor',
          domain: ML_DOMAIN,
          input: ['rows'],
          output: ['margin'],
          attribute: attributesOf(ensemble),
        },
      ],
    },
  };
  return encodeOnnx(model);
}

function attributesOf(ensemble: TreeEnsemble): readonly OnnxAttribute[] {
  const { feature, threshold, leaf, missingYes } = ensemble;
  const { order, tree, place } = numbered(ensemble);
  const isLeaf = (node: number): boolean => feature[node] === -1;
  const leaves = order.map((_, k) => k).filter((k) => isLeaf(order[k]));
  const nodes = (of: (node: number) => number): readonly number[] => order.map((node) => (isLeaf(node) ? 0 : of(node)));
  return [
    ints('nodes_treeids', tree),
    ints(
      'nodes_nodeids',
      order.map((node) => place[node]),
    ),
    ints(
      'nodes_featureids',
      nodes((node) => feature[node]),
    ),
    {
      name: 'nodes_modes',
      type: ATTRIBUTE_TYPE.strings,
      strings: order.map((node) => (isLeaf(node) ? LEAF : BRANCH_LT)),
    },
    floats(
      'nodes_values',
      nodes((node) => threshold[node]),
    ),
    ints(
      'nodes_truenodeids',
      nodes((node) => place[ensemble.yes[node]]),
    ),
    ints(
      'nodes_falsenodeids',
      nodes((node) => place[ensemble.no[node]]),
    ),
    ints(
      'nodes_missing_value_tracks_true',
      nodes((node) => (missingYes[node] === 0 ? 0 : 1)),
    ),
    ints(
      'target_treeids',
      leaves.map((k) => tree[k]),
    ),
    ints(
      'target_nodeids',
      leaves.map((k) => place[order[k]]),
    ),
    ints(
      'target_ids',
      leaves.map(() => 0),
    ),
    floats(
      'target_weights',
      leaves.map((k) => leaf[order[k]]),
    ),
    { name: 'n_targets', type: ATTRIBUTE_TYPE.int, i: 1 },
    { name: 'aggregate_function', type: ATTRIBUTE_TYPE.string, s: TEXT.encode('SUM') },
    { name: 'post_transform', type: ATTRIBUTE_TYPE.string, s: TEXT.encode('NONE') },
  ];
}

/** Nodes tree by tree, parents first; `tree` goes along with `order`, `place` is a node's number within its tree. */
function numbered(ensemble: TreeEnsemble): { readonly order: number[]; readonly tree: number[]; readonly place: Int32Array } {
  const order: number[] = [];
  const tree: number[] = [];
  const place = new Int32Array(ensemble.feature.length);
  ensemble.roots.forEach((root, t) => {
    const first = order.length;
    const open = [root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      place[node] = order.length - first;
      order.push(node);
      tree.push(t);
      if (ensemble.feature[node] !== -1) open.push(ensemble.no[node], ensemble.yes[node]);
    }
  });
  return { order, tree, place };
}

const TEXT = new TextEncoder();
const LEAF = TEXT.encode('LEAF');
const BRANCH_LT = TEXT.encode('BRANCH_LT');
const ints = (name: string, values: readonly number[]): OnnxAttribute => ({ name, type: ATTRIBUTE_TYPE.ints, ints: values });
const floats = (name: string, values: readonly number[]): OnnxAttribute => ({ name, type: ATTRIBUTE_TYPE.floats, floats: values });
