import { datasetName, type DatasetKey } from '../dataset/key.ts';
import { isoTime } from '../dataset/time.ts';
import { InputError } from '../input-error.ts';
import { storeBatches, type Batch, type StoreOptions } from '../store/transaction.ts';
import type { SourcedPart, StagedDataset } from '../store/write-dataset.ts';
import { keyOfFile, layoutOfFile, type NameOverrides } from './file-name.ts';
import { parseRows } from './parse-source.ts';
import { placeIn } from './parsed-file.ts';
import { countThreads, readParts } from './read-parts.ts';
import { layoutOf } from './source-layout.ts';

/** What is to be imported, and where to. */
export interface ImportOptions extends NameOverrides, StoreOptions {
  readonly files: readonly string[];
  /** Threads that parse; 0 parses in the calling one. The result is the same. Default: one a core (at most 8) when there is much to parse. */
  readonly threads?: number | undefined;
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
  const files = groups.flatMap((group) =>
    group.files.map((file) => ({ key: group.key, file, layout: layoutOfFile(file, group.key, options) })),
  );
  let group = 0;
  let own: SourcedPart[] = [];
  options.signal?.throwIfAborted();
  for await (const part of readParts(files, await countThreads(options.files, options.threads))) {
    own.push(part);
    progress.files++;
    progress.rows += part.rows.length;
    options.onProgress?.({ ...progress });
    if (own.length === groups[group].files.length) {
      yield { key: groups[group].key, parts: own };
      group++;
      own = [];
    }
    options.signal?.throwIfAborted();
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

/** Parses the CSV bytes of one source, which are laid out as its dataset is, into rows. */
export function parsePart(key: DatasetKey, file: string, bytes: Uint8Array, source: SourcedPart['source']): SourcedPart {
  const parsed = parseRows(file, bytes, layoutOf(key));
  return { rows: parsed.rows, place: placeIn(file, parsed), source };
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
