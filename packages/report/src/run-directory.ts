import path from 'node:path';
import type { RunResult, RunSeries } from '@orrery/core';
import { readRunFile, resultSchema, seriesSchema } from '@orrery/data/run';

/** What a report reads of a run directory. */
export interface StoredRun {
  readonly result: RunResult;
  readonly series: RunSeries;
}

/**
 * Reads and validates `result.json` and `series.json`.
 * @throws InputError when a file is missing, is no JSON, or does not have the shape of its schema.
 */
export function readRunDirectory(directory: string): StoredRun {
  return {
    result: readRunFile(path.join(directory, 'result.json'), resultSchema),
    series: readRunFile(path.join(directory, 'series.json'), seriesSchema),
  };
}
