import { defineSignalStrategy, type StrategyDefinition } from '@orrery/core';
import { ICT_PARAMS, ictSource } from './ict-source.ts';

/** Signals of market structure on three intervals, on their own score. */
export const ict: StrategyDefinition = defineSignalStrategy({
  id: 'ict',
  description: 'Order blocks, fair value gaps, sweeps and breaks of structure on three intervals, scored, filtered and sized by risk.',
  params: ICT_PARAMS,
  sources: (params) => [ictSource(params)],
});
