import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { RunResult } from '@orrery/core';
import { InputError, readRunFile, resultSchema } from '@orrery/data/run';
import { z } from 'zod';
import type { VerbContext } from '../verb.ts';

/** A finished run as it lies on disk. */
export interface StoredRun {
  readonly folder: string;
  readonly result: RunResult;
  /** When result.json was written, ms UTC. */
  readonly writtenAt: number;
}
/** Folders of runs that could be read, newest first, and one line for each that could not. */
export interface StoredRuns {
  readonly runs: readonly StoredRun[];
  readonly broken: readonly string[];
}

/** Only what ties the manifest to the result is looked at here. */
const manifestSchema = z.looseObject({ runId: z.string().optional() });

/**
 * Reads one run's folder.
 * @throws InputError naming the file and field that is wrong
 */
export function readRun(folder: string): StoredRun {
  const file = path.join(folder, 'result.json');
  const result = readRunFile(file, resultSchema);
  const manifestFile = path.join(folder, 'manifest.json');
  const { runId } = readRunFile(manifestFile, manifestSchema);
  if (runId !== undefined && runId !== result.runId) {
    throw new InputError(
      `${manifestFile}: runId ${runId} is not result.json's ${result.runId}: files of two runs are mixed; run the backtest again`,
    );
  }
  return { folder, result, writtenAt: statSync(file).mtimeMs };
}

/** The folder of runs: `--runs`, else ORRERY_RUNS, else that of the configuration file, else `runs` in the working directory. */
export function runsFolder({ settings }: Pick<VerbContext, 'settings'>): string {
  return path.resolve(settings.text('runs') ?? '');
}

function runIds(folder: string): readonly string[] {
  if (!existsSync(folder)) throw new InputError(`${folder}: no such folder; name the folder of runs with --runs or ORRERY_RUNS`);
  return (
    readdirSync(folder, { withFileTypes: true })
      // A name with a leading dot is a run that is still being written.
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .toSorted()
  );
}

/** Whether a run's folder is that of a live run, which has no result until somebody draws one from it. */
export function isLiveRun(folder: string): boolean {
  return existsSync(path.join(folder, 'session.json')) && !existsSync(path.join(folder, 'result.json'));
}

/**
 * The one run whose id is `prefix` or starts with it.
 * @throws InputError when none or several do
 */
export function findRun(folder: string, prefix: string): StoredRun {
  const found = findRunFolder(folder, prefix);
  if (isLiveRun(found)) throw new InputError(`run ${prefix}: is a live run, which has no result; orrery verify folds it`);
  return readRun(found);
}

/**
 * The folder of the one run whose id is `prefix` or starts with it, be it a backtest or a live run.
 * @throws InputError when none or several do
 */
export function findRunFolder(folder: string, prefix: string): string {
  const ids = runIds(folder);
  const matches = ids.includes(prefix) ? [prefix] : ids.filter((id) => id.startsWith(prefix));
  const [id] = matches;
  if (id === undefined) throw new InputError(`run ${prefix}: none under ${folder} has that id; see orrery runs list`);
  if (matches.length > 1)
    throw new InputError(`run ${prefix}: fits ${matches.length} runs (${matches.slice(0, 5).join(', ')}): give more of the id`);
  return path.join(folder, id);
}

/** Every run under the folder. */
export function readRuns(folder: string): StoredRuns {
  const runs: StoredRun[] = [];
  const broken: string[] = [];
  for (const id of runIds(folder)) {
    if (isLiveRun(path.join(folder, id))) continue;
    try {
      runs.push(readRun(path.join(folder, id)));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      broken.push(error.message);
    }
  }
  return { runs: runs.toSorted((a, b) => b.writtenAt - a.writtenAt || (a.folder < b.folder ? -1 : 1)), broken };
}
