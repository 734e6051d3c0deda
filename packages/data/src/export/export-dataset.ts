import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { datasetName, type DatasetKey } from '../dataset/key.ts';
import { isoTime } from '../dataset/time.ts';
import { InputError } from '../input-error.ts';
import { readRange } from '../market/read-range.ts';
import { encodeArrow } from '../store/arrow-file.ts';
import { recoverCommits, temporaryName } from '../store/commit.ts';
import { isMissing } from '../store/is-missing.ts';
import { readManifest } from '../store/manifest.ts';
import { encodeCsv } from './encode-csv.ts';
import { encodeParquet } from './encode-parquet.ts';

export const EXPORT_FORMATS = ['csv', 'arrow', 'parquet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions {
  readonly root: string;
  readonly key: DatasetKey;
  readonly format: ExportFormat;
  /** File to write; an existing one is replaced, but only once the new one is complete. */
  readonly out: string;
  /** Rows from `from` and before `to`, ms UTC. Default: all. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { readonly doneBytes: number }) => void) | undefined;
}
export interface ExportReport {
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Writes a dataset as one file. The same rows give the same bytes.
 * @throws InputError when the store has no such dataset or no rows in the range, or the folder of `out` does not exist.
 */
export async function exportDataset(options: ExportOptions): Promise<ExportReport> {
  const { root, key, from = -Infinity, to = Infinity } = options;
  await recoverCommits(root);
  const manifest = await readManifest(root, key);
  if (manifest === null) throw new InputError(`${datasetName(key)}: not in the store ${root}; see orrery data list`);
  const { rows } = await readRange(root, key, manifest, from, to);
  if (rows.length === 0)
    throw new InputError(
      `${datasetName(key)}: no rows in the range; the store has ${isoTime(manifest.first)} to ${isoTime(manifest.last)}`,
    );
  return { rows: rows.length, bytes: await writeWhole(options, await encode(options, rows)) };
}

async function encode({ key, format }: ExportOptions, rows: Parameters<typeof encodeArrow>[0]): Promise<Iterable<string | Uint8Array>> {
  switch (format) {
    case 'csv':
      return encodeCsv(key, rows);
    case 'arrow':
      return encodeArrow(rows);
    case 'parquet':
      return [encodeParquet(rows)];
  }
}

async function writeWhole({ out, signal, onProgress }: ExportOptions, pieces: Iterable<string | Uint8Array>): Promise<number> {
  const final = resolve(out);
  const folder = await stat(dirname(final)).catch((cause: unknown) => (isMissing(cause) ? null : Promise.reject(cause)));
  if (folder === null) throw new InputError(`${out}: its folder does not exist; create it or give another --out`);
  const temporary = temporaryName(final);
  const file = await open(temporary, 'wx');
  let bytes = 0;
  try {
    for (const piece of pieces) {
      signal?.throwIfAborted();
      const data = typeof piece === 'string' ? Buffer.from(piece) : piece;
      await file.writeFile(data);
      bytes += data.length;
      onProgress?.({ doneBytes: bytes });
    }
    await file.sync();
    await file.close();
    await rename(temporary, final);
  } catch (cause) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw cause;
  }
  return bytes;
}
