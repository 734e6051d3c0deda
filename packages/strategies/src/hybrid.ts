import { defineSignalStrategy, number, type StrategyDefinition } from '@orrery/core';
import { ICT_PARAMS, ictSource } from './ict-source.ts';

/** Signals of market structure that a model has to agree with; without one it is `ict`, and its run says so. */
export const hybrid: StrategyDefinition = defineSignalStrategy({
  id: 'hybrid',
  description: 'The signals of ict, scored by a model: below mlThreshold rejected, else their confidence recalibrated by mlWeight.',
  params: {
    ...ICT_PARAMS,
    mlThreshold: number(0.5, { min: 0, max: 1 }),
    mlWeight: number(0.5, { min: 0, max: 1 }),
  },
  sources: (params) => [ictSource(params)],
  model: ({ mlThreshold, mlWeight }) => ({ threshold: mlThreshold, weight: mlWeight }),
});
