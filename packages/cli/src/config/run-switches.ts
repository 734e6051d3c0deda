import type { RunSwitches } from '@orrery/backtest';
import type { VerbContext } from '../verb.ts';

/** How a backtest is computed. No result depends on it. */
export function runSwitches({ settings }: Pick<VerbContext, 'settings'>): RunSwitches {
  return {
    incrementalCache: settings.boolean('enable-incremental-cache'),
    memoryMapped: settings.boolean('enable-memory-mapped-storage'),
    workers: settings.number('workers'),
  };
}

/** Most requests that a model is handed at once: all of a moment, or one. */
export function batchRows({ settings }: Pick<VerbContext, 'settings'>): number {
  return settings.boolean('enable-batch-prediction') ? Infinity : 1;
}
