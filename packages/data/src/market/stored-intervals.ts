import { isInterval, type Interval } from '@orrery/core';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { symbolFolder } from '../dataset/key.ts';
import { listFolder } from '../store/commit.ts';
import { MANIFEST_FILE } from '../store/manifest.ts';

/** Intervals at which the store has candles of a symbol. A folder without its manifest is an import that did not end. */
export async function storedIntervals(root: string, symbol: string, kind: 'klines' | 'markPriceKlines'): Promise<Interval[]> {
  const folder = join(symbolFolder(root, symbol), kind);
  return (await listFolder(folder)).filter(isInterval).filter((name) => existsSync(join(folder, name, MANIFEST_FILE)));
}
