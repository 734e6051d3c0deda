import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { MARKET_FOLDER } from '../dataset/key.ts';
import { isAlive, removeIfEmpty } from './lock.ts';
import { isMissing } from './is-missing.ts';

/** A file that is written but not yet in its place. */
export interface Staged {
  readonly temporary: string;
  readonly final: string;
}

const PREFIX = '.commit-';
const PARALLEL = 8;
/** Paths relative to the market folder, which they must not leave. */
const inside = z.string().regex(/^(?!\/)(?!.*\.\.[/\\])/);
const journalSchema = z.array(z.strictObject({ temporary: inside, final: inside }));
let counter = 0;

/** Name for a temporary file beside its final place; tells whose it is, so that leftovers can be found. */
export function temporaryName(final: string): string {
  counter++;
  return join(dirname(final), `.tmp-${process.pid}-${hostname()}-${counter}`);
}

/** Writes bytes beside their final place. Nothing is visible to readers yet. */
export async function stage(final: string, bytes: string | readonly Uint8Array[]): Promise<Staged> {
  const temporary = temporaryName(final);
  await mkdir(dirname(final), { recursive: true });
  try {
    await (typeof bytes === 'string' ? writeFile(temporary, bytes) : writePieces(temporary, bytes));
  } catch (cause) {
    await discard([{ temporary, final }]);
    throw cause;
  }
  return { temporary, final };
}

/** One call for all pieces, where the system takes them at once. */
async function writePieces(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const file = await open(path, 'w');
  try {
    const { bytesWritten } = await file.writev(pieces);
    const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
    // A disk that fills up, or an enormous file, takes a part: the rest is written, or fails, as usual.
    if (bytesWritten < total) await file.writeFile(Buffer.concat(pieces).subarray(bytesWritten));
  } finally {
    await file.close();
  }
}

/** Takes staged files back, and the folders that were made for them. */
export async function discard(staged: readonly Staged[]): Promise<void> {
  await inParallel(staged, ({ temporary }) => rm(temporary, { force: true }));
  for (const folder of new Set(staged.map(({ final }) => dirname(final)))) {
    await removeIfEmpty(folder);
    await removeIfEmpty(dirname(folder));
  }
}

/**
 * Moves all staged files to their places, or none. They are flushed to disk first; a journal then decides: once it is there, a
 * crash is rolled forward by {@link recoverCommits}; a failure before that takes the staged files back.
 */
export async function commit(root: string, staged: readonly Staged[], signal?: AbortSignal): Promise<void> {
  if (staged.length === 0) return;
  const folder = join(root, MARKET_FOLDER);
  counter++;
  const journal = join(folder, `${PREFIX}${process.pid}-${hostname()}-${counter}.json`);
  await decide(folder, journal, staged, signal).catch(async (cause: unknown) => {
    await discard(staged);
    throw cause;
  });
  // In order: a dataset's manifest is staged after its files, so a reader never sees a manifest without them.
  for (const { temporary, final } of staged) await rename(temporary, final);
  await inParallel([...new Set(staged.map(({ final }) => dirname(final))), folder], flushFolder);
  await rm(journal);
}

async function decide(folder: string, journal: string, staged: readonly Staged[], signal?: AbortSignal): Promise<void> {
  // All at once and last: flushed one by one as they are written, each would wait for a commit of the file system of its own.
  await inParallel(staged, ({ temporary }) => flush(temporary));
  signal?.throwIfAborted();
  const entries = staged.map(({ temporary, final }) => ({ temporary: relative(folder, temporary), final: relative(folder, final) }));
  const draft = await stage(journal, JSON.stringify(entries));
  try {
    await flush(draft.temporary);
    await rename(draft.temporary, journal);
  } catch (cause) {
    await discard([draft]);
    throw cause;
  }
}

/** Finishes commits whose process died half way. Cheap when there are none: one listing of the folder. */
export async function recoverCommits(root: string): Promise<void> {
  const folder = join(root, MARKET_FOLDER);
  for (const name of await listFolder(folder)) {
    if (!name.startsWith(PREFIX) || !isLeftover(name.slice(PREFIX.length).replace(/\.json$/, ''))) continue;
    const journal = join(folder, name);
    const text = await readFile(journal, 'utf8').catch(unlessMissing('[]'));
    for (const { temporary, final } of journalSchema.parse(JSON.parse(text))) {
      await rename(join(folder, temporary), join(folder, final)).catch(unlessMissing(undefined));
    }
    await rm(journal, { force: true });
  }
}

/** Another process may be finishing the same commit, so what is gone was done. */
function unlessMissing<T>(fallback: T): (cause: unknown) => T {
  return (cause) => {
    if (isMissing(cause)) return fallback;
    throw cause;
  };
}

/** Deletes temporary files of dead processes in a folder. Call it with the symbol's lock held and commits recovered. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await listFolder(folder)) {
    if (name.startsWith('.tmp-') && isLeftover(name.slice('.tmp-'.length))) await rm(join(folder, name), { force: true });
  }
}

/** Runs the work over the items, a few at a time; the first failure is thrown after the running ones have ended. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>, parallel: number = PARALLEL): Promise<void> {
  let next = 0;
  let failed = false;
  const lane = async (): Promise<void> => {
    while (next < items.length && !failed) {
      const item = items[next++];
      try {
        await work(item);
      } catch (cause) {
        failed = true;
        throw cause;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(parallel, items.length) }, lane));
  for (const lane of ended) if (lane.status === 'rejected') throw lane.reason;
}

/** Names in a folder, sorted; none when it does not exist. */
export async function listFolder(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw cause;
  }
}

/** `<pid>-<host>-<n>` of a process of this machine that no longer runs. */
function isLeftover(owner: string): boolean {
  const match = /^(\d+)-(.*)-\d+$/.exec(owner);
  return match !== null && match[2] === hostname() && Number(match[1]) !== process.pid && !isAlive(Number(match[1]));
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the renames in a folder last through a power cut, where the system lets a folder be flushed at all. */
async function flushFolder(path: string): Promise<void> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return;
  try {
    await file.sync();
  } catch (cause) {
    if (process.platform !== 'win32') throw cause;
  } finally {
    await file.close();
  }
}
