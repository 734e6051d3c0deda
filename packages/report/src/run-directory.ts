import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunResult, RunSeries } from '@orrery/core';
import { decodeSamples, SAMPLES_FILE, type SignalSample } from '@orrery/data';
import { readRunFile, resultSchema, seriesSchema } from '@orrery/data/run';

/** What a report reads of a run directory. */
export interface StoredRun {
  readonly result: RunResult;
  readonly series: RunSeries;
  /** Closed virtual positions; null where the run recorded none. */
  readonly samples: readonly SignalSample[] | null;
}

/**
 * Reads and validates `result.json` and `series.json`, and `samples.arrow` where there is one.
 * @throws InputError when a file is missing, cannot be read, or does not have the shape of its schema.
 */
export function readRunDirectory(directory: string): StoredRun {
  const samples = path.join(directory, SAMPLES_FILE);
  return {
    result: readRunFile(path.join(directory, 'result.json'), resultSchema),
    series: readRunFile(path.join(directory, 'series.json'), seriesSchema),
    samples: existsSync(samples) ? decodeSamples(readFileSync(samples), samples) : null,
  };
}
