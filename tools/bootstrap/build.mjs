import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { runAndMirror } from './run.mjs';

/** Builds what changed since the last build. Resolves to an exit code. */
export function build(root) {
  if (!existsSync(path.join(root, 'packages', 'cli', 'dist'))) console.error('building…');
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  return runAndMirror(process.execPath, [tsc, '-b'], { cwd: root });
}
