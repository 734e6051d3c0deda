import type { StrategyDefinition } from '@orrery/core';
import { bollingerReversion } from './bollinger-reversion.ts';
import { donchianBreakout } from './donchian-breakout.ts';
import { emaCross } from './ema-cross.ts';
import { emaCrossFiltered } from './ema-cross-filtered.ts';

export { bollingerReversion, donchianBreakout, emaCross, emaCrossFiltered };

/** The strategies that ship with Orrery, in the order in which help lists them. */
export const STRATEGIES: readonly StrategyDefinition[] = [emaCross, donchianBreakout, bollingerReversion, emaCrossFiltered];

/** The strategy of this name, or undefined. */
export function findStrategy(name: string): StrategyDefinition | undefined {
  return STRATEGIES.find((strategy) => strategy.id === name);
}
