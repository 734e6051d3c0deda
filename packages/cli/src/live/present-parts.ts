import { createHash } from 'node:crypto';
import { canonicalText, ParamError, type Strategy } from '@orrery/core';
import type { PresentParts } from '@orrery/live';
import { chooseStrategy } from '../backtest/strategy.ts';
import { InputError } from '../input-error.ts';
import { packageHash } from './package-hash.ts';

/** A strategy as it is now, ready to run, with what a promotion is held against. */
export interface Present {
  readonly strategy: Strategy<unknown>;
  readonly parts: PresentParts;
}

/** A user's file may import the shipped strategies, so they count with the core. */
async function coreHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['@orrery/core', '@orrery/strategies']) hash.update(await packageHash(name));
  return hash.digest('hex');
}

/**
 * Loads a strategy and takes the hashes of what decides.
 * @param file absolute path, or null for a strategy that ships with Orrery
 * @throws InputError when it cannot be found or built
 */
export async function presentParts(id: string, file: string | null, params: Readonly<Record<string, unknown>>): Promise<Present> {
  const chosen = await chooseStrategy(file ?? id);
  let strategy: Strategy<unknown>;
  try {
    strategy = chosen.strategy.build(params);
  } catch (cause) {
    if (!(cause instanceof ParamError)) throw cause;
    throw new InputError(`strategy ${id}: ${cause.message}; its source has changed, backtest and promote again`, { cause });
  }
  return {
    strategy,
    parts: {
      strategyHash: chosen.hash ?? (await packageHash('@orrery/strategies')),
      coreHash: await coreHash(),
      features: strategy.features.map(canonicalText),
      models: strategy.models.map(({ id, hash }) => ({ name: id, id, hash })),
    },
  };
}
