import type { TreeEnsemble } from '@orrery/models';

/**
 * Trees in XGBoost's own JSON (its `doc/model.schema`), as far as versions 1.6 to 3 read it. What is only of use in training is 0.
 * The base score of 0.5 is a margin of 0, so that a first tree of one leaf stands for the margin that the others are added to.
 */
export function boosterModel(ensemble: TreeEnsemble): Uint8Array {
  const { roots, feature, inputs } = ensemble;
  const trees = Array.from(roots, (root, tree) => treeOf(ensemble, tree, root, tree + 1 < roots.length ? roots[tree + 1] : feature.length));
  const model = {
    learner: {
      attributes: {},
      feature_names: [],
      feature_types: [],
      gradient_booster: {
        model: {
          gbtree_model_param: { num_parallel_tree: '1', num_trees: String(trees.length), size_leaf_vector: '0' },
          tree_info: trees.map(() => 0),
          trees,
        },
        name: 'gbtree',
      },
      learner_model_param: { base_score: '5E-1', boost_from_average: '1', num_class: '0', num_feature: String(inputs), num_target: '1' },
      objective: { name: 'binary:logistic', reg_loss_param: { scale_pos_weight: '1' } },
    },
    version: [1, 7, 4],
  };
  return new TextEncoder().encode(JSON.stringify(model).replaceAll(/"#([^"]+)"/g, '$1'));
}

/** The nodes from `first` to `end` as parallel arrays; places count from the tree's root. */
function treeOf({ feature, threshold, yes, no, missingYes, leaf, inputs }: TreeEnsemble, id: number, first: number, end: number): unknown {
  const nodes = Array.from({ length: end - first }, (_, k) => first + k);
  const each = (value: (node: number) => number): number[] => nodes.map(value);
  const isLeaf = (node: number): boolean => feature[node] === -1;
  const zeros = nodes.map(() => real(0));
  const parents = each(() => 2_147_483_647);
  for (const node of nodes.filter((one) => !isLeaf(one))) for (const child of [yes[node], no[node]]) parents[child - first] = node - first;
  return {
    base_weights: zeros,
    categories: [],
    categories_nodes: [],
    categories_segments: [],
    categories_sizes: [],
    default_left: each((node) => missingYes[node]),
    id,
    left_children: each((node) => (isLeaf(node) ? -1 : yes[node] - first)),
    loss_changes: zeros,
    parents,
    right_children: each((node) => (isLeaf(node) ? -1 : no[node] - first)),
    split_conditions: nodes.map((node) => real(isLeaf(node) ? leaf[node] : threshold[node])),
    split_indices: each((node) => (isLeaf(node) ? 0 : feature[node])),
    split_type: each(() => 0),
    sum_hessian: zeros,
    tree_param: { num_deleted: '0', num_feature: String(inputs), num_nodes: String(nodes.length), size_leaf_vector: '0' },
  };
}

/**
 * A float32 as text that is put into the JSON without quotes: the library tells floats from whole numbers by how they are written,
 * takes nine digits at most, and nine say a float32 exactly.
 */
function real(value: number): string {
  return `#${value.toExponential(8)}`;
}
