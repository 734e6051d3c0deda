import { MappedArena, sharedColumns, switchesFault, type RunSwitches } from '@orrery/backtest';
import type { ColumnAllocator } from '@orrery/core';
import { InputError } from '../input-error.ts';
import type { VerbContext } from '../verb.ts';

/** Most rows that a model is handed at once, and one where it is asked one by one. Source: the product's specification, section 2. */
const BATCH_ROWS = 32;

/** How a run is computed, and where its columns lie. */
export interface ChosenSwitches {
  readonly switches: RunSwitches;
  /** With memory-mapped storage. */
  readonly arena: MappedArena | undefined;
  /** Where the market's columns go; undefined: on the heap. */
  readonly allocate: ColumnAllocator | undefined;
  readonly batchRows: number;
}

/** Most rows that a model is handed at once. */
export function batchRowsOf({ settings }: Pick<VerbContext, 'settings'>): number {
  return settings.boolean('enable-batch-prediction') ? BATCH_ROWS : 1;
}

/**
 * The performance switches among the settings.
 * @throws InputError when two exclude each other, or the system has no mapped files
 */
export function chosenSwitches(context: Pick<VerbContext, 'settings'>): ChosenSwitches {
  const { settings } = context;
  const switches: RunSwitches = {
    incrementalCache: settings.boolean('enable-incremental-cache'),
    batchPrediction: settings.boolean('enable-batch-prediction'),
    memoryMapped: settings.boolean('enable-memory-mapped-storage'),
    workers: settings.number('workers'),
  };
  const fault = switchesFault(switches);
  if (fault !== null) throw new InputError(fault);
  const arena = switches.memoryMapped ? new MappedArena() : undefined;
  const allocate = arena?.allocate ?? (switches.workers > 1 ? sharedColumns : undefined);
  return { switches, arena, allocate, batchRows: batchRowsOf(context) };
}
