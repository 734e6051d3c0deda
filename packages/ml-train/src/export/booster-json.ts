import { z } from 'zod';

/** One tree as XGBoost writes it: parallel arrays by node, the root first; a left child of −1 marks a leaf, whose value is its split condition. */
export interface BoosterTree {
  readonly left_children: readonly number[];
  readonly right_children: readonly number[];
  readonly split_indices: readonly number[];
  readonly split_conditions: readonly number[];
  /** 1.7 writes whole numbers, others may write booleans. */
  readonly default_left: readonly (number | boolean)[];
  /** 0 for a numeric split. */
  readonly split_type?: readonly number[] | undefined;
}
/** A boosted binary classifier, but for the margin that it starts from: the file holds a rounded probability instead. */
export interface BoosterModel {
  readonly features: number;
  readonly trees: readonly BoosterTree[];
}
interface BoosterFile {
  readonly learner: {
    readonly learner_model_param: { readonly num_feature: string };
    readonly objective: { readonly name: string };
    readonly gradient_booster: { readonly name: string; readonly model: { readonly trees: readonly BoosterTree[] } };
  };
}

const treeSchema: z.ZodType<BoosterTree> = z.object({
  left_children: z.array(z.int()),
  right_children: z.array(z.int()),
  split_indices: z.array(z.int()),
  split_conditions: z.array(z.number()),
  default_left: z.array(z.union([z.int(), z.boolean()])),
  split_type: z.array(z.int()).optional(),
});
const fileSchema: z.ZodType<BoosterFile> = z.object({
  learner: z.object({
    learner_model_param: z.object({ num_feature: z.string() }),
    objective: z.object({ name: z.string() }),
    gradient_booster: z.object({ name: z.string(), model: z.object({ trees: z.array(treeSchema) }) }),
  }),
});

/**
 * Reads a model that XGBoost 1.6 to 3 saved as JSON.
 * @throws Error for anything but a `gbtree` booster of `binary:logistic` with numeric splits
 */
export function readBooster(json: Uint8Array): BoosterModel {
  const { learner } = fileSchema.parse(JSON.parse(new TextDecoder().decode(json)));
  const { learner_model_param: parameters, objective, gradient_booster: booster } = learner;
  if (booster.name !== 'gbtree') throw new Error(`booster ${booster.name} is not exported; only gbtree is`);
  if (objective.name !== 'binary:logistic') throw new Error(`objective ${objective.name} is not exported; only binary:logistic is`);
  if (booster.model.trees.some(({ split_type: kinds }) => kinds?.some((kind) => kind !== 0) === true))
    throw new Error('categorical splits are not exported');
  return { features: Number(parameters.num_feature), trees: booster.model.trees };
}
