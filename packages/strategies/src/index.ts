import type { StrategyDefinition } from '@orrery/core';
import { bollingerReversion } from './bollinger-reversion.ts';
import { donchianBreakout } from './donchian-breakout.ts';
import { emaCross } from './ema-cross.ts';
import { emaCrossFiltered } from './ema-cross-filtered.ts';
import { ensemble } from './ensemble.ts';
import { hybrid } from './hybrid.ts';
import { ict } from './ict.ts';

export { bollingerReversion, donchianBreakout, emaCross, emaCrossFiltered, ensemble, hybrid, ict };

/** The strategies that ship with Orrery, in the order in which help lists them. */
export const STRATEGIES: readonly StrategyDefinition[] = [
  emaCross,
  donchianBreakout,
  bollingerReversion,
  emaCrossFiltered,
  ict,
  hybrid,
  ensemble,
];

/** The strategy of this name, or undefined. */
export function findStrategy(name: string): StrategyDefinition | undefined {
  return STRATEGIES.find((strategy) => strategy.id === name);
}
