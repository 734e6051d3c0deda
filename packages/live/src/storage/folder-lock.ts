import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import process from 'node:process';
import { InputError, isAlive } from '@orrery/data';

/** Locks held by this process: its own id in a file that it does not hold is a leftover (containers use ids again). */
const held = new Set<string>();

/**
 * Sees to it that no two processes run one folder. A lock whose process is gone is taken over.
 * Returns what gives it back.
 * @throws InputError naming the lock file and its owner while another process holds it
 */
export function lockFolder(file: string): () => void {
  for (let tries = 0; !isTaken(file); tries++) {
    const owner = ownerOf(file);
    // A lock on another machine cannot be asked about, so it is respected; so is one that keeps coming back.
    if (tries === 3 || (owner !== null && !isGone(file, owner))) {
      throw new InputError(`${file}: process ${owner ?? '?'} runs this folder; stop it first, or delete the file if it is gone`);
    }
    rmSync(file, { force: true });
  }
  held.add(file);
  return () => {
    held.delete(file);
    rmSync(file, { force: true });
  };
}

function isTaken(file: string): boolean {
  if (held.has(file)) return false;
  try {
    const handle = openSync(file, 'wx');
    writeSync(handle, `${process.pid} ${hostname()}\n`);
    closeSync(handle);
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw cause;
  }
}

function ownerOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch {
    return null;
  }
}

function isGone(file: string, owner: string): boolean {
  const [pid = '', host = ''] = owner.split(' ');
  if (host !== hostname()) return false;
  return Number(pid) === process.pid ? !held.has(file) : !isAlive(Number(pid));
}
