import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DatasetKey } from '../dataset/key.ts';
import { isMissing } from '../store/is-missing.ts';
import { temporaryName } from '../store/commit.ts';
import { sha256 } from '../store/sha256.ts';
import { fetchBytes, pause, type HttpOptions } from './http-client.ts';

/** A file of the public archive, its checksum compared. `path` is where it is cached until its rows are stored. */
export interface ArchiveFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** Path of an archive file below the base address, for a month `2025-01` or a day `2025-01-31`. Funding comes by month only. */
function archivePath(key: DatasetKey, period: string): string {
  const span = period.length === 7 ? 'monthly' : 'daily';
  const folder = `data/futures/um/${span}/${key.kind}/${key.symbol}`;
  if (key.interval === null) return `${folder}/${key.symbol}-fundingRate-${period}.zip`;
  return `${folder}/${key.interval}/${key.symbol}-${key.interval}-${period}.zip`;
}

/**
 * Fetches an archive file, or null when the archive has none. A copy in the cache counts only when it has the archive's checksum.
 * @throws Error when the file still differs from its checksum after all tries; nothing of it is kept.
 */
export async function fetchArchive(
  baseUrl: string,
  cache: string,
  key: DatasetKey,
  period: string,
  http: HttpOptions,
): Promise<ArchiveFile | null> {
  const below = archivePath(key, period);
  const url = `${baseUrl}/${below.split('/').map(encodeURIComponent).join('/')}`;
  const path = join(cache, below);
  const name = below.slice(below.lastIndexOf('/') + 1);
  for (let tried = 0; ; tried++) {
    const checksum = await fetchBytes(`${url}.CHECKSUM`, http);
    if (checksum === null) return null;
    const stated = /^[0-9a-f]{64}/i.exec(new TextDecoder().decode(checksum).trim())?.[0]?.toLowerCase() ?? '';
    const cached = await readCached(path);
    if (cached !== null && sha256(cached) === stated) return { name, path, bytes: cached, sha256: stated };
    const bytes = await fetchBytes(url, http);
    if (bytes === null) return null;
    const actual = sha256(bytes);
    if (actual === stated) {
      await writeCached(path, bytes);
      return { name, path, bytes, sha256: actual };
    }
    if (tried >= http.retries) {
      throw new Error(
        `${url}: sha-256 is ${actual}, but .CHECKSUM says ${stated || 'nothing'}, after ${tried + 1} tries; nothing of it is stored, try again later`,
      );
    }
    await pause(tried, null, http);
  }
}

/** Drops the cached copy once its rows are in the store. */
export async function dropCached(file: ArchiveFile): Promise<void> {
  await rm(file.path, { force: true });
}

async function readCached(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw cause;
  }
}

async function writeCached(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = temporaryName(path);
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
}
