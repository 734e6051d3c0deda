import type { PredictionSourceOf } from '@orrery/backtest';
import type { Strategy } from '@orrery/core';
import type { Predictions } from '@orrery/live';

/** What serves a backtest's models serves a live run's: the same runner, asked a frame at a time. */
export function livePredictions(source: PredictionSourceOf | undefined, strategy: Strategy<unknown>): Predictions | undefined {
  if (source === undefined) return undefined;
  const server = source(strategy);
  return {
    answer: (requests) => server.answer(requests),
    fill: () => {
      throw new Error('todo');
    },
  };
}
