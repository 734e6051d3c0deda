import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { DatasetKey } from '../dataset/key.ts';
import { InputError } from '../input-error.ts';
import type { SourcedPart } from '../store/write-dataset.ts';
import { CAN_START_THREADS, ParsePool } from './parse-pool.ts';
import { parseSource, type ParsedSource, type ParseJob } from './parse-source.ts';
import { placeIn } from './parsed-file.ts';
import type { SourceLayout } from './source-layout.ts';

/** A file and the dataset that it belongs to. */
export interface KeyedFile {
  readonly key: DatasetKey;
  readonly file: string;
  readonly layout: SourceLayout;
}

/** Below this many bytes of input threads cost more to start and warm up than they save: unpacking runs beside this thread in any case. */
const LEAST_BYTES = 2 ** 25;
const MOST_THREADS = 8;
/** Files that are begun before the one that is due, a thread: enough to keep it busy, few enough to bound the memory. */
const AHEAD = 3;
const AHEAD_ALONE = 4;

/**
 * How many threads to start for the files: what was asked for, else as many as are worth it; 0 where none can be started.
 * @throws InputError when what was asked for is no number of threads.
 */
export async function countThreads(files: readonly string[], asked?: number): Promise<number> {
  if (asked !== undefined && !(Number.isInteger(asked) && asked >= 0))
    throw new InputError(`threads is ${asked}; give a whole number, 0 for none`);
  const most = Math.min(asked ?? availableParallelism(), files.length, MOST_THREADS);
  if (!CAN_START_THREADS) return 0;
  if (asked !== undefined) return most;
  if (most < 2) return 0;
  // A file that is not there is complained about when its turn comes.
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0) > LEAST_BYTES ? most : 0;
}

/**
 * Parses the files, some ahead of the one that is due, and yields them in their order: what comes out, and which error comes first,
 * does not depend on the number of threads. 0 threads: in this one.
 */
export async function* readParts(files: readonly KeyedFile[], threads: number): AsyncGenerator<SourcedPart, void> {
  const pool = threads === 0 ? null : new ParsePool(threads);
  try {
    const ahead = threads === 0 ? AHEAD_ALONE : AHEAD * threads;
    const running: Promise<SourcedPart>[] = [];
    let next = 0;
    for (let due = 0; due < files.length; due++) {
      while (next < files.length && next < due + ahead) {
        const part = readPart(files[next++], (job) => (pool === null ? parseSource(job) : pool.parse(job)));
        // A failure is thrown when its turn comes; until then it must not count as unhandled.
        part.catch(() => undefined);
        running.push(part);
      }
      const part = running.shift();
      if (part !== undefined) yield await part;
    }
  } finally {
    await pool?.close();
  }
}

async function readPart({ file, layout }: KeyedFile, parse: (job: ParseJob) => Promise<ParsedSource>): Promise<SourcedPart> {
  const parsed = await parse({ file, layout });
  return { rows: parsed.rows, place: placeIn(file, parsed), source: { name: basename(file), sha256: parsed.sha256 } };
}
