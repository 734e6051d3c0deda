import { createFeatureGraph, createRecomputedGraph, type FeatureGraph, type FeatureSpec, type Strategy, type Tape } from '@orrery/core';
import { InputError } from '@orrery/data';
import type { MappedArena } from './mapped-arena.ts';
import { switchesFault, type RunSwitches } from './run-switches.ts';
import { scanTapes } from './scan-tapes.ts';

export interface GraphOptions {
  /** Where columns are kept, with memory-mapped storage. */
  readonly arena?: MappedArena | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The strategy's features on each tape, computed beforehand or as the run goes on.
 * @throws InputError for features that cannot be computed on these candles, or switches that exclude each other
 */
export async function featureGraphs(
  tapes: readonly Tape[],
  strategy: Strategy<unknown>,
  switches: RunSwitches,
  { arena, signal }: GraphOptions,
): Promise<readonly FeatureGraph[]> {
  const fault = switchesFault(switches);
  if (fault !== null) throw new InputError(fault);
  if (switches.workers > 1 && strategy.features.length > 0) {
    try {
      return await scanTapes(tapes, strategy.features, { workers: switches.workers, signal });
    } catch (error) {
      throw asInput(error, strategy.id);
    }
  }
  const allocate = arena?.allocate ?? null;
  const create = (tape: Tape, specs: readonly FeatureSpec[]): FeatureGraph =>
    switches.incrementalCache ? createFeatureGraph(tape, specs, allocate) : createRecomputedGraph(tape, specs);
  return tapes.map((tape) => graphOf(strategy, (specs) => create(tape, specs)));
}

/** @throws InputError naming the strategy whose features cannot be computed */
export function graphOf({ id, features }: Strategy<unknown>, create: (specs: readonly FeatureSpec[]) => FeatureGraph): FeatureGraph {
  try {
    return create(features);
  } catch (error) {
    throw asInput(error, id);
  }
}

function asInput(error: unknown, id: string): unknown {
  return error instanceof RangeError ? new InputError(`strategy ${id}: ${error.message}`, { cause: error }) : error;
}
