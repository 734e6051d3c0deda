import { join } from 'node:path';
import { datasetFolder, type DatasetKey } from '../dataset/key.ts';
import { concatRows, lowerBound, sliceRows, type Rows } from '../dataset/rows.ts';
import { isMissing } from '../store/is-missing.ts';
import type { Manifest } from '../store/manifest.ts';
import { readStoredFile, schemaOf } from '../store/write-dataset.ts';
import { InputError } from '../input-error.ts';

/** Rows of a dataset whose times lie in [from, to), and the decimals of the months that were opened for them. */
export interface StoredRange {
  readonly rows: Rows;
  readonly priceDecimals: number;
  readonly volumeDecimals: number;
}

/**
 * Reads only the months that the range touches; every file is compared with its hash in the manifest.
 * @throws InputError when a file is gone or is not the one that the manifest describes.
 */
export async function readRange(root: string, key: DatasetKey, manifest: Manifest, from: number, to: number): Promise<StoredRange> {
  const files = manifest.files.filter((file) => file.last >= from && file.first < to);
  const months: Rows[] = [];
  for (const file of files) {
    const rows = await readStoredFile(root, key, file).catch((cause: unknown) => {
      const path = join(datasetFolder(root, key), file.name);
      if (isMissing(cause)) throw new InputError(`${path}: is gone, though dataset.json lists it; delete its folder and import it again`);
      throw cause;
    });
    months.push(sliceRows(rows, lowerBound(rows, from), lowerBound(rows, to)));
  }
  const most = (pick: (file: Manifest['files'][number]) => number): number => files.reduce((top, file) => Math.max(top, pick(file)), 0);
  return {
    rows: concatRows(schemaOf(key), months),
    priceDecimals: most((file) => file.priceDecimals),
    volumeDecimals: most((file) => file.volumeDecimals),
  };
}
