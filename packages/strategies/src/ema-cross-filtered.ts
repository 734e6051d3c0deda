import { filtered, type StrategyDefinition } from '@orrery/core';
import { emaCross } from './ema-cross.ts';

/** The shortest strategy, entering only where a model trained on its signals agrees. */
export const emaCrossFiltered: StrategyDefinition = filtered(emaCross, {
  description: 'The crossing averages of ema-cross, entering only where a model gives the signal a probability above the threshold.',
});
