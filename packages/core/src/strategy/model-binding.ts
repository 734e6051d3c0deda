import { parseFeature } from '../feature/parse.ts';
import type { FeatureSpec } from '../feature/spec.ts';
import type { CandleView } from '../market/candle-view.ts';
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

/** The features that a model reads, in the order of its inputs. @throws RangeError for a text that is no feature */
export function modelFeatures(binding: ModelBinding): readonly FeatureSpec[] {
  return binding.inputs.filter((input) => input !== SIDE_INPUT).map(parseFeature);
}

/**
 * Reads a model's inputs off a candle whose features from slot `first` on are {@link modelFeatures}. NaN where there is no candle yet.
 */
export function modelInputReader(binding: ModelBinding, first: number): (candle: CandleView | null, side: 1 | -1) => readonly number[] {
  let slot = first;
  const slots = binding.inputs.map((input) => (input === SIDE_INPUT ? null : slot++));
  return (candle, side) => slots.map((at) => (at === null ? side : (candle?.feature(at) ?? NaN)));
}
