import { defineSignalStrategy, int, number, reversionSignal, trendSignal, type StrategyDefinition } from '@orrery/core';
import { ICT_PARAMS, ictSource } from './ict-source.ts';

const weight = (value: number): ReturnType<typeof number> => number(value, { min: 0, max: 100 });

/** Three ways to see a market, side by side, with weighted votes. */
export const ensemble: StrategyDefinition = defineSignalStrategy({
  id: 'ensemble',
  description: 'Market structure, crossing averages and a reversion from bands, voting with weights on each signal.',
  params: {
    ...ICT_PARAMS,
    ictWeight: weight(2),
    trendWeight: weight(1),
    reversionWeight: weight(1),
    voteThreshold: number(0.15, { min: 0, max: 1 }),
    voteMemory: int(12, { min: 0, max: 1000 }),
    mlThreshold: number(0.5, { min: 0, max: 1 }),
    mlWeight: number(0.5, { min: 0, max: 1 }),
  },
  check: ({ ictWeight, trendWeight, reversionWeight }) =>
    ictWeight + trendWeight + reversionWeight > 0 ? null : 'ictWeight, trendWeight and reversionWeight are all 0; one has to be above it',
  sources: (params) => [
    ictSource(params, params.ictWeight),
    { name: 'trend', feature: trendSignal(), weight: params.trendWeight },
    { name: 'reversion', feature: reversionSignal(), weight: params.reversionWeight },
  ],
  vote: ({ voteThreshold, voteMemory }) => ({ threshold: voteThreshold, memory: voteMemory }),
  model: ({ mlThreshold, mlWeight }) => ({ threshold: mlThreshold, weight: mlWeight }),
});
