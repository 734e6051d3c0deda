import { constants, existsSync } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MARKET_FOLDER, symbolFolder } from '../dataset/key.ts';
import { isMissing } from './is-missing.ts';

const POLL_MS = 50;
/** Locks held by this process. Its own id in a lock file that it does not hold is a leftover of a former process (containers reuse ids). */
const held = new Set<string>();

/** Gives the lock back. */
export type Release = () => Promise<void>;

/**
 * Locks the folder of one symbol against other writers, in this process and in others. A lock whose process is gone is taken over.
 * @throws Error when another process still holds it after `waitMs`; the message names the lock file.
 */
export async function lockSymbol(root: string, symbol: string, waitMs: number, signal?: AbortSignal): Promise<Release> {
  const folder = symbolFolder(root, symbol);
  const path = join(folder, '.lock');
  for (let waited = 0; ; waited += POLL_MS) {
    signal?.throwIfAborted();
    // Each time: the writer before may have failed and taken its empty folder away.
    await makeFolder(folder);
    if (await tryLock(path)) {
      return async () => {
        // While the lock is held nobody else makes folders in it.
        await removeEmptyFolders(folder);
        held.delete(path);
        await rm(path, { force: true });
        await removeIfEmpty(folder);
      };
    }
    const owner = await readOwner(path);
    if (owner !== null && isGone(path, owner)) {
      await rm(path, { force: true });
    } else if (waited >= waitMs) {
      throw new Error(
        `${path}: another process (${owner ?? 'unknown'}) is writing ${symbol}; wait for it, or delete the file if it is gone`,
      );
    } else {
      await sleep(POLL_MS, undefined, signal === undefined ? {} : { signal });
    }
  }
}

/** Takes a folder away that nothing was put into. */
export async function removeIfEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch(() => undefined);
}

/** Whether somebody is writing the symbol just now. A symbol that cannot be a folder is nobody's. */
export async function isLocked(root: string, symbol: string): Promise<boolean> {
  return (await readOwner(join(root, MARKET_FOLDER, symbol, '.lock'))) !== null;
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    // What Node calls missing may be a read-only file system: the first folder that is there tells.
    if (isMissing(cause)) await access(nearestExisting(folder), constants.W_OK);
    throw cause;
  }
}
function nearestExisting(folder: string): string {
  return existsSync(folder) || folder === dirname(folder) ? folder : nearestExisting(dirname(folder));
}

async function tryLock(path: string): Promise<boolean> {
  if (held.has(path)) return false;
  try {
    const file = await open(path, 'wx');
    held.add(path);
    await file.writeFile(`${process.pid} ${hostname()}\n`);
    await file.close();
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    if (isMissing(cause)) return false;
    throw cause;
  }
}

async function readOwner(path: string): Promise<string | null> {
  try {
    const text = (await readFile(path, 'utf8')).trim();
    return text === '' ? null : text;
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw cause;
  }
}

/** Another machine's process cannot be asked, so its lock is respected. */
function isGone(path: string, owner: string): boolean {
  const [pid = '', host = ''] = owner.split(' ');
  if (host !== hostname()) return false;
  if (Number(pid) === process.pid) return !held.has(path);
  return !isAlive(Number(pid));
}

/** Whether a process of this machine runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}

/** After a failure a symbol's folders may be empty; then they must not look like a symbol of the store. */
async function removeEmptyFolders(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isDirectory()) continue;
    await removeEmptyFolders(join(folder, entry.name));
    await removeIfEmpty(join(folder, entry.name));
  }
}
