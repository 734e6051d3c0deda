import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findGaps } from '../dataset/gaps.ts';
import { datasetFolder, datasetName, type DatasetKey } from '../dataset/key.ts';
import { concatRows, type Rows } from '../dataset/rows.ts';
import { isoTime } from '../dataset/time.ts';
import { InputError } from '../input-error.ts';
import { decodeArrow } from '../store/arrow-file.ts';
import { listFolder, recoverCommits } from '../store/commit.ts';
import { isMissing } from '../store/is-missing.ts';
import { MANIFEST_FILE, readManifest, type Manifest, type ManifestFile } from '../store/manifest.ts';
import { sha256 } from '../store/sha256.ts';
import { schemaOf } from '../store/write-dataset.ts';
import { checkRows } from './check-rows.ts';
import { findKeys } from './list-datasets.ts';
import type { Problem } from './problem.ts';

/** Result of verifying one dataset. It is sound when no problem is an error. */
export interface VerifyReport {
  readonly key: DatasetKey;
  readonly rows: number;
  readonly files: number;
  readonly problems: readonly Problem[];
}
export interface VerifyOptions {
  readonly root: string;
  /** Default: every dataset of the store. */
  readonly keys?: readonly DatasetKey[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { readonly datasets: number; readonly datasetsTotal: number }) => void) | undefined;
}

/** Verifies datasets one after another. */
export async function verifyDatasets(options: VerifyOptions): Promise<VerifyReport[]> {
  await recoverCommits(options.root);
  const keys = options.keys ?? (await findKeys(options.root));
  const reports: VerifyReport[] = [];
  for (const key of keys) {
    options.signal?.throwIfAborted();
    reports.push(await verifyDataset(options.root, key));
    options.onProgress?.({ datasets: reports.length, datasetsTotal: keys.length });
  }
  return reports;
}

/**
 * Reads every file of a dataset and compares it with the manifest: hash, rows, order, duplicates, grid, prices, gaps.
 * @throws InputError when the store has no such dataset.
 */
export async function verifyDataset(root: string, key: DatasetKey): Promise<VerifyReport> {
  const folder = datasetFolder(root, key);
  const path = join(folder, MANIFEST_FILE);
  let manifest: Manifest | null;
  try {
    manifest = await readManifest(root, key);
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    return { key, rows: 0, files: 0, problems: [{ severity: 'error', code: 'manifest', file: path, time: null, message: cause.message }] };
  }
  if (manifest === null) throw new InputError(`${datasetName(key)}: not in the store ${root}; see orrery data list`);
  const problems: Problem[] = [];
  const months: Rows[] = [];
  for (const file of manifest.files) {
    const rows = await verifyFile(key, join(folder, file.name), file, problems);
    if (rows !== null) months.push(rows);
  }
  for (const name of await listFolder(folder)) {
    const isKnown = name === MANIFEST_FILE || manifest.files.some((file) => file.name === name);
    if (!isKnown)
      problems.push({
        severity: 'warning',
        code: 'stray-file',
        file: join(folder, name),
        time: null,
        message: 'is not in dataset.json and is not read; delete it',
      });
  }
  const rows = months.reduce((sum, month) => sum + month.length, 0);
  if (months.length === manifest.files.length) {
    problems.push(...compareTotals(path, manifest, rows), ...checkGaps(key, path, manifest, concatRows(schemaOf(key), months)));
  }
  return { key, rows, files: months.length, problems };
}

async function verifyFile(key: DatasetKey, path: string, file: ManifestFile, problems: Problem[]): Promise<Rows | null> {
  const add = (code: Problem['code'], message: string): void =>
    void problems.push({ severity: 'error', code, file: path, time: null, message });
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    add('missing-file', 'is gone, though dataset.json lists it; import it again');
    return null;
  }
  if (sha256(bytes) !== file.sha256) add('hash', `sha-256 is not the one in dataset.json (${file.sha256.slice(0, 12)}…); import it again`);
  try {
    const rows = decodeArrow(bytes, schemaOf(key), path);
    if (rows.length !== file.rows) add('rows', `holds ${rows.length} rows, dataset.json says ${file.rows}`);
    if (rows.length > 0 && (rows.time[0] !== file.first || rows.time[rows.length - 1] !== file.last))
      add('rows', 'begins or ends at another time than dataset.json says');
    problems.push(...checkRows(key, path, rows));
    return rows;
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    add('unreadable', cause.message);
    return null;
  }
}

function compareTotals(path: string, manifest: Manifest, rows: number): Problem[] {
  if (manifest.rows === rows) return [];
  return [{ severity: 'error', code: 'rows', file: path, time: null, message: `says ${manifest.rows} rows, the files hold ${rows}` }];
}

function checkGaps(key: DatasetKey, path: string, manifest: Manifest, rows: Rows): Problem[] {
  const gaps = findGaps(key, rows);
  const problems = gaps.map(({ from, missing }): Problem => {
    return {
      severity: 'warning',
      code: 'gap',
      file: path,
      time: from,
      message: `${missing} ${missing === 1 ? 'row' : 'rows'} missing from ${isoTime(from)}`,
    };
  });
  const missing = (list: readonly { readonly missing: number }[]): number => list.reduce((sum, gap) => sum + gap.missing, 0);
  if (key.interval !== null && missing(gaps) !== missing(manifest.gaps)) {
    const message = `says ${missing(manifest.gaps)} rows are missing, but ${missing(gaps)} are`;
    problems.push({ severity: 'error', code: 'manifest', file: path, time: null, message });
  }
  return problems;
}
