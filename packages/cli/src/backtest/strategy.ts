import { isStrategyDefinition, parseParam, type StrategyDefinition } from '@orrery/core';
import { findStrategy, STRATEGIES } from '@orrery/strategies';
import { InputError } from '../input-error.ts';
import { suggestion } from '../nearest.ts';
import { isStrategyFile, loadStrategyFile } from '../strategy-file/load.ts';

/** A strategy and where it came from. */
export interface ChosenStrategy {
  readonly strategy: StrategyDefinition;
  /** Absolute path of the user's file, or null for one that ships with Orrery. */
  readonly file: string | null;
  readonly hash: string | null;
}

/**
 * The strategy that `--strategy` names: one of ours, or a file.
 * @throws InputError when there is none, or the file's default export is no strategy
 */
export async function chooseStrategy(text: string): Promise<ChosenStrategy> {
  if (!isStrategyFile(text)) {
    const strategy = findStrategy(text);
    if (strategy !== undefined) return { strategy, file: null, hash: null };
    const known = STRATEGIES.map(({ id }) => id);
    throw new InputError(`--strategy ${text}: ${suggestion(text, known)}; a file of your own is named by its path, e.g. ./my.ts`);
  }
  const { strategy, file, sha256 } = await loadStrategyFile(text);
  if (!isStrategyDefinition(strategy)) {
    throw new InputError(`--strategy ${text}: its default export is no strategy: end it with "export default defineStrategy({ … })"`);
  }
  // A definition made by hand, in JavaScript perhaps, may know nothing of models.
  const models = 'models' in strategy ? strategy.models : [];
  return { strategy: { ...strategy, models }, file, hash: sha256 };
}

/**
 * Values of `--param name=value`, typed as the strategy declares them.
 * @throws InputError when one is not name=value, or given twice
 */
export function paramValues(strategy: StrategyDefinition, given: readonly string[]): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const text of given) {
    const cut = text.indexOf('=');
    if (cut <= 0) throw new InputError(`--param ${text}: write it as name=value, e.g. --param fast=9`);
    const name = text.slice(0, cut);
    if (Object.hasOwn(values, name)) throw new InputError(`--param ${name} was given twice: give it once`);
    const declared = Object.hasOwn(strategy.params, name) ? strategy.params[name] : undefined;
    values[name] = parseParam(declared, text.slice(cut + 1));
  }
  return values;
}
