import { ParamError } from './params.ts';

/** The input of a model that is no feature: +1 for a signal to buy, −1 for one to sell. */
export const SIDE_INPUT = 'side';

/** A model as a strategy is given it. */
export interface ModelBinding {
  readonly id: string;
  /** SHA-256 of its file. */
  readonly hash: string;
  /** Canonical feature texts in the order of its columns; `side` stands for the signal's side. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}
/** Models by the names that a strategy knows them by. */
export type ModelBindings = Readonly<Record<string, ModelBinding>>;

/**
 * The model of that name.
 * @throws ParamError when it was not given
 */
export function bindingOf(name: string, models: ModelBindings | undefined): ModelBinding {
  const binding = models !== undefined && Object.hasOwn(models, name) ? models[name] : undefined;
  if (binding === undefined) throw new ParamError(`it needs a model "${name}", and none is given`);
  return binding;
}
