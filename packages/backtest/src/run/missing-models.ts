import type { StrategyDefinition } from '@orrery/core';

/**
 * One sentence for each model that a strategy reads where it is given, and was not given.
 * @param given names of the models that it was given
 */
export function missingModels(
  { id, models, optionalModels = [] }: Pick<StrategyDefinition, 'id' | 'models' | 'optionalModels'>,
  given: readonly string[],
): readonly string[] {
  const isOnly = models.length + optionalModels.length === 1;
  return optionalModels
    .filter((name) => !given.includes(name))
    .map((name) => {
      const form = isOnly ? '--model DIR|ID' : `--model ${name}=DIR|ID`;
      return `strategy ${id} has no model "${name}": signals pass on their own score alone; give one with ${form}`;
    });
}
