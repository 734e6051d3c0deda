import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { DatasetKey } from '../dataset/key.ts';
import { spanOf } from '../dataset/grid.ts';
import type { SourcedPart } from '../store/write-dataset.ts';
import { CAN_START_THREADS, ParsePool } from './parse-pool.ts';
import { parseSource, type ParsedSource, type ParseJob } from './parse-source.ts';
import { placeIn } from './parsed-file.ts';

/** A file and the dataset that it belongs to. */
export interface KeyedFile {
  readonly key: DatasetKey;
  readonly file: string;
}

/** Below this many bytes of input the threads would be done before they had started. */
const LEAST_BYTES = 2 ** 22;
const MOST_THREADS = 8;
/** Files that are begun before the one that is due, a thread: enough to keep it busy, few enough to bound the memory. */
const AHEAD = 4;

/** How many threads are worth starting for the files. */
export async function countThreads(files: readonly string[]): Promise<number> {
  const most = Math.min(availableParallelism(), files.length, MOST_THREADS);
  if (!CAN_START_THREADS || most < 2) return 0;
  let bytes = 0;
  for (const file of files) {
    // A file that is not there is complained about when its turn comes.
    bytes += await stat(file).then(
      ({ size }) => size,
      () => 0,
    );
    if (bytes > LEAST_BYTES) return most;
  }
  return 0;
}

/**
 * Parses the files, some ahead of the one that is due, and yields them in their order: what comes out, and which error comes first,
 * does not depend on the number of threads. 0 threads: in this one.
 */
export async function* readParts(files: readonly KeyedFile[], threads: number): AsyncGenerator<SourcedPart, void> {
  const pool = threads === 0 ? null : new ParsePool(threads);
  try {
    const ahead = AHEAD * Math.max(threads, 1);
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

async function readPart({ key, file }: KeyedFile, parse: (job: ParseJob) => Promise<ParsedSource>): Promise<SourcedPart> {
  const parsed = await parse({ file, span: key.interval === null ? null : spanOf(key.interval) });
  return { rows: parsed.rows, place: placeIn(file, parsed), source: { name: basename(file), sha256: parsed.sha256 } };
}
