import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunResult, RunSeries } from '@orrery/core';
import type { z } from 'zod';
import { resultSchema } from './result-schema.ts';
import { seriesSchema } from './series-schema.ts';

/** A file of a run directory that cannot be read as what it should be: one line with file, field, value and mend. */
export class RunFileError extends Error {
  override readonly name = 'RunFileError';
}

/** What a report reads of a run directory. */
export interface StoredRun {
  readonly result: RunResult;
  readonly series: RunSeries;
}

/**
 * Reads and validates `result.json` and `series.json`.
 * @throws RunFileError when a file is missing, is no JSON, or does not have the shape of its schema.
 */
export async function readRunDirectory(directory: string): Promise<StoredRun> {
  const result = await readJson(join(directory, 'result.json'), resultSchema);
  const series = await readJson(join(directory, 'series.json'), seriesSchema);
  return { result, series };
}

async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(parseJson(file, await readText(file)));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue === undefined || issue.path.length === 0 ? 'the whole file' : issue.path.join('.');
  const more = parsed.error.issues.length > 1 ? ` (and ${parsed.error.issues.length - 1} more)` : '';
  throw new RunFileError(`${file}: ${field}: ${issue?.message ?? 'is not valid'}${more}; run the backtest again to write it anew`);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'does not exist' : String(error);
    throw new RunFileError(`${file}: ${reason}; give the directory of a finished run`);
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RunFileError(`${file}: is not JSON (${reason}); run the backtest again to write it anew`);
  }
}
