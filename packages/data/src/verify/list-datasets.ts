import { isInterval } from '@orrery/core';
import { join } from 'node:path';
import { MARKET_FOLDER, type DatasetKey } from '../dataset/key.ts';
import { listFolder, recoverCommits } from '../store/commit.ts';
import { readManifest, type Manifest } from '../store/manifest.ts';

/** A dataset of the store and what its manifest says. */
export interface ListedDataset {
  readonly key: DatasetKey;
  readonly manifest: Manifest;
}

/**
 * All datasets under a data root, by symbol, kind and interval.
 * @throws InputError when a manifest is damaged.
 */
export async function listDatasets(root: string): Promise<ListedDataset[]> {
  await recoverCommits(root);
  const found: ListedDataset[] = [];
  for (const key of await findKeys(root)) {
    const manifest = await readManifest(root, key);
    if (manifest !== null) found.push({ key, manifest });
  }
  return found;
}

/** Keys of all dataset folders, whether or not they hold a manifest. */
export async function findKeys(root: string): Promise<DatasetKey[]> {
  const keys: DatasetKey[] = [];
  for (const symbol of await listFolder(join(root, MARKET_FOLDER))) {
    if (symbol.startsWith('.')) continue;
    const folder = join(root, MARKET_FOLDER, symbol);
    for (const kind of await listFolder(folder)) {
      if (kind === 'fundingRate') keys.push({ symbol, kind, interval: null });
      if (kind !== 'klines' && kind !== 'markPriceKlines') continue;
      for (const interval of await listFolder(join(folder, kind))) if (isInterval(interval)) keys.push({ symbol, kind, interval });
    }
  }
  return keys;
}
