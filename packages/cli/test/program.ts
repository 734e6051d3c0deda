import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root folder of the command line's package. */
export const PACKAGE: string = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const LAUNCHER: string = path.join(PACKAGE, 'bin', 'orrery.mjs');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program as a user does, and waits for its end. */
export function orrery(words: readonly string[], options: { cwd?: string; env?: Readonly<Record<string, string>> } = {}): Promise<Ended> {
  return program([LAUNCHER, ...words], options);
}

/** Runs a Node program and waits for its end. */
export function program(words: readonly string[], options: { cwd?: string; env?: Readonly<Record<string, string>> } = {}): Promise<Ended> {
  if (!existsSync(path.join(PACKAGE, 'dist', 'main.js')))
    throw new Error('the command line is not built: run npm test, or npx tsc -b first');
  const inherited = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
  const child = spawn(process.execPath, words, {
    cwd: options.cwd,
    env: { ...inherited, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
