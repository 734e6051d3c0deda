import { InputError } from '@orrery/data';
import type { Promotion } from './promotion.ts';

/** The parts of a promotion as they are now. */
export interface PresentParts {
  readonly strategyHash: string;
  readonly coreHash: string;
  readonly features: readonly string[];
  readonly models: Promotion['models'];
}

/**
 * Holds a promotion against what is there now: only what was approved may run.
 * @throws InputError naming the part, its hash then and now, and the mend
 */
export function checkPromotion(file: string, promotion: Promotion, now: PresentParts): void {
  const refuse = (part: string, before: string, after: string): never => {
    throw new InputError(
      `${file}: ${part} has changed since the promotion (then ${before}, now ${after}); restore it, or backtest and promote again`,
    );
  };
  const { strategy, versions, features, models } = promotion;
  if (strategy.hash !== now.strategyHash) refuse(`the source of strategy ${strategy.id}`, strategy.hash, now.strategyHash);
  if (versions.core !== now.coreHash) refuse('the core', versions.core, now.coreHash);
  const [then, present] = [features.join(' '), now.features.join(' ')];
  if (then !== present) refuse('the list of features', then, present);
  for (const { name, hash } of models) {
    const model = now.models.find((other) => other.name === name);
    if (model?.hash !== hash) refuse(`model ${name}`, hash, model?.hash ?? 'missing');
  }
  const extra = now.models.find(({ name }) => !models.some((model) => model.name === name));
  if (extra !== undefined) refuse(`model ${extra.name}`, 'not part of it', extra.hash);
}
