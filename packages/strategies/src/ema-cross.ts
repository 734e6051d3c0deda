import { defineStrategy, ema, int, type StrategyDefinition } from '@orrery/core';

/** Long while the fast average is above the slow one, short otherwise: always in the market, and the shortest strategy there is. */
export const emaCross: StrategyDefinition = defineStrategy({
  id: 'ema-cross',
  description: 'Long while the fast exponential average is above the slow one, short otherwise.',
  params: { fast: int(12, { min: 2, max: 200 }), slow: int(26, { min: 3, max: 400 }) },
  check: ({ fast, slow }) => (fast < slow ? null : `parameter fast is ${fast}; it must be below slow, which is ${slow}`),
  features: ({ fast, slow }) => ({ fast: ema('close', fast), slow: ema('close', slow) }),
  decide: ({ features, desk }) => desk.target(features.fast > features.slow ? 1 : -1),
});
