import { createHash } from 'node:crypto';
import { missingModels } from '@orrery/backtest';
import { canonicalText, ParamError, type ModelReference, type Strategy, type StrategyDefinition } from '@orrery/core';
import type { PresentParts } from '@orrery/live';
import { chooseStrategy } from '../backtest/strategy.ts';
import { InputError } from '../input-error.ts';
import { packageHash } from './package-hash.ts';

/** A strategy as it is now, ready to run, with what a promotion is held against. */
export interface Present {
  readonly strategy: Strategy<unknown>;
  readonly definition: StrategyDefinition;
  readonly parts: PresentParts;
  /** One sentence for each model that the strategy does without. */
  readonly missing: readonly string[];
}

/** What a promotion or a session names of what decides. `file` is an absolute path, or null for a strategy that ships with Orrery. */
export interface Deciding {
  readonly strategy: { readonly id: string; readonly file: string | null };
  readonly params: Readonly<Record<string, unknown>>;
  readonly models: readonly ModelReference[];
}

/** A user's file may import the shipped strategies, so they count with the core. */
async function coreHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['@orrery/core', '@orrery/strategies']) hash.update(await packageHash(name));
  return hash.digest('hex');
}

/**
 * Loads a strategy and takes the hashes of what decides.
 * @throws InputError when it cannot be found or built
 */
export async function presentParts({ strategy: { id, file }, params, models }: Deciding): Promise<Present> {
  const chosen = await chooseStrategy(file ?? id);
  let strategy: Strategy<unknown>;
  try {
    strategy = chosen.strategy.build(params, Object.fromEntries(models.map((model) => [model.name, model])));
  } catch (cause) {
    if (!(cause instanceof ParamError)) throw cause;
    throw new InputError(`strategy ${id}: ${cause.message}; its source has changed, backtest and promote again`, { cause });
  }
  return {
    strategy,
    definition: chosen.strategy,
    parts: {
      strategyHash: chosen.hash ?? (await packageHash('@orrery/strategies')),
      coreHash: await coreHash(),
      features: strategy.features.map(canonicalText),
      models,
    },
    missing: missingModels(
      chosen.strategy,
      models.map(({ name }) => name),
    ),
  };
}
