import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { datasetName, type DatasetKey } from '../dataset/key.ts';
import { isoTime } from '../dataset/time.ts';
import { InputError } from '../input-error.ts';
import { isMissing } from '../store/manifest.ts';
import { storeBatches, type Batch, type StoreOptions } from '../store/transaction.ts';
import { sha256, type SourcedPart, type StagedDataset } from '../store/write-dataset.ts';
import { keyOfFile, type NameOverrides } from './file-name.ts';
import { parseFunding } from './parse-funding.ts';
import { parseKlines } from './parse-klines.ts';
import { unpack } from './unpack.ts';

/** What is to be imported, and where to. */
export interface ImportOptions extends NameOverrides, StoreOptions {
  readonly files: readonly string[];
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}
export interface ImportProgress {
  readonly files: number;
  readonly filesTotal: number;
  readonly rows: number;
}
/** What happened to one dataset. */
export interface ImportedDataset {
  readonly key: DatasetKey;
  /** Rows in the store now, and how many of them are new. */
  readonly rows: number;
  readonly added: number;
  /** Whether anything was written. False when the store already had it all. */
  readonly changed: boolean;
}
export interface ImportReport {
  readonly datasets: readonly ImportedDataset[];
  readonly files: number;
  /** Rows read from the files. */
  readonly rows: number;
  readonly warnings: readonly string[];
}

const AHEAD = 6;

/**
 * Imports Binance archive files (.csv, .csv.gz, .zip). All or nothing: after a failure, a cancellation or a crash the store is as
 * it was. Files that bring nothing new change nothing.
 * @throws InputError for the first file that cannot be used, naming file, line, column, value and mend.
 */
export async function importFiles(options: ImportOptions): Promise<ImportReport> {
  if (options.files.length === 0) throw new InputError('no files to import; name at least one .csv, .csv.gz or .zip file');
  const groups = [...groupByDataset(options).values()];
  const progress = { files: 0, filesTotal: options.files.length, rows: 0 };
  const datasets = await storeBatches(
    groups.map(({ key }) => key.symbol),
    parseGroups(groups, progress, options),
    options,
  );
  return report(datasets, progress);
}

async function* parseGroups(groups: readonly FileGroup[], progress: Progress, options: ImportOptions): AsyncGenerator<Batch> {
  const parts = readAhead(groups.flatMap(({ key, files }) => files.map((file) => ({ key, file }))));
  for (const { key, files } of groups) {
    const own: SourcedPart[] = [];
    while (own.length < files.length) {
      options.signal?.throwIfAborted();
      const part = await parts.next();
      if (part.done === true) break;
      own.push(part.value);
      progress.files++;
      progress.rows += part.value.rows.length;
      options.onProgress?.({ ...progress });
    }
    yield { key, parts: own };
  }
}

interface FileGroup {
  readonly key: DatasetKey;
  readonly files: string[];
}
type Progress = { -readonly [K in keyof ImportProgress]: ImportProgress[K] };

function groupByDataset(options: ImportOptions): Map<string, FileGroup> {
  const groups = new Map<string, FileGroup>();
  for (const file of options.files) {
    const key = keyOfFile(file, options);
    const group = groups.get(datasetName(key));
    if (group === undefined) groups.set(datasetName(key), { key, files: [file] });
    else group.files.push(file);
  }
  return groups;
}

/** Reads and unpacks some files ahead on the thread pool while the main thread parses. */
async function* readAhead(files: readonly { readonly key: DatasetKey; readonly file: string }[]): AsyncGenerator<SourcedPart, void> {
  const running: Promise<Unpacked>[] = [];
  let next = 0;
  for (let f = 0; f < files.length; f++) {
    while (next < files.length && next < f + AHEAD) {
      const unpacked = readFileUnpacked(files[next++].file);
      // A failure is thrown when its turn comes; until then it must not count as unhandled.
      unpacked.catch(() => undefined);
      running.push(unpacked);
    }
    const { bytes, hash } = await running[f];
    yield parsePart(files[f].key, files[f].file, bytes, { name: basename(files[f].file), sha256: hash });
    running[f] = Promise.resolve({ bytes: new Uint8Array(0), hash: '' });
  }
}

interface Unpacked {
  readonly bytes: Uint8Array;
  readonly hash: string;
}

async function readFileUnpacked(file: string): Promise<Unpacked> {
  let packed: Uint8Array;
  try {
    packed = await readFile(file);
  } catch (cause) {
    if (isMissing(cause)) throw new InputError(`${file}: does not exist; check the path`);
    if (cause instanceof Error && 'code' in cause && cause.code === 'EISDIR')
      throw new InputError(`${file}: is a folder; name the files in it`);
    throw cause;
  }
  return { bytes: await unpack(file, packed), hash: sha256(packed) };
}

/** Parses the CSV bytes of one source into rows of its dataset. */
export function parsePart(key: DatasetKey, file: string, bytes: Uint8Array, source: SourcedPart['source']): SourcedPart {
  const parsed = key.kind === 'fundingRate' ? parseFunding(file, bytes) : parseKlines(file, bytes, key.interval);
  return { ...parsed, source };
}

function report(datasets: readonly StagedDataset[], progress: ImportProgress): ImportReport {
  return {
    datasets: datasets.map(({ key, manifest, added, staged }) => ({ key, rows: manifest.rows, added, changed: staged.length > 0 })),
    files: progress.files,
    rows: progress.rows,
    warnings: datasets.flatMap(({ key, manifest }) => gapWarning(key, manifest.gaps)),
  };
}

/** One line about missing rows, none when nothing is missing. */
export function gapWarning(key: DatasetKey, gaps: readonly { readonly from: number; readonly missing: number }[]): string[] {
  if (gaps.length === 0) return [];
  const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
  const count = `${missing} ${missing === 1 ? 'row is' : 'rows are'} missing in ${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'}`;
  return [`${datasetName(key)}: ${count}, the first at ${isoTime(gaps[0].from)}`];
}
