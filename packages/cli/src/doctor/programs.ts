import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Check } from './check.ts';

/** Absolute path of the first of these programs on PATH, else null. */
export function findProgram(names: readonly string[], searchPath: string): string | null {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const name of names) {
    for (const folder of searchPath.split(path.delimiter)) {
      for (const ending of endings) {
        const file = path.join(folder, name + ending);
        try {
          accessSync(file, constants.X_OK);
          return file;
        } catch {
          // Not in this folder: the next one may have it.
        }
      }
    }
  }
  return null;
}

function versionOf(program: string): string {
  const result = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 10_000, stdio: ['ignore', 'pipe', 'ignore'] });
  return result.status === 0 ? (result.stdout.split('\n')[0] ?? '').trim() : 'version unknown';
}

export function checkPnpm(searchPath: string): Check {
  const program = findProgram(['pnpm'], searchPath);
  return {
    name: 'pnpm',
    required: false,
    found: program !== null,
    detail:
      program === null ? 'not on PATH; npm start and npm test fetch the pinned one by themselves' : `${versionOf(program)} (${program})`,
    mend: program === null ? 'npm install --global pnpm' : null,
  };
}

export function checkChromium(searchPath: string): Check {
  const program = findProgram(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'], searchPath);
  return {
    name: 'chromium',
    required: false,
    found: program !== null,
    detail: program ?? 'not found; only the browser test of the report needs it',
    mend: program === null ? 'apt-get install chromium' : null,
  };
}
