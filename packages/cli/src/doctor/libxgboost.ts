import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Check } from './check.ts';

const FILE = /^(?:lib)?xgboost(?:\.so(?:\.\d+)*|\.dylib|\.dll)$/;

/** Folders where distributions, pip, conda and Homebrew put the library. */
function folders(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const linux = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((triple) => path.join('/usr/lib', triple));
  const prefixes = [
    '/usr',
    '/usr/local',
    '/opt/homebrew',
    env['VIRTUAL_ENV'],
    env['CONDA_PREFIX'],
    env['HOME'] && path.join(env['HOME'], '.local'),
  ];
  const roots = prefixes.filter((prefix): prefix is string => prefix !== undefined && prefix !== '');
  return [...linux, ...roots.flatMap((root) => [path.join(root, 'lib'), ...pythonFolders(path.join(root, 'lib'))])];
}

function pythonFolders(lib: string): readonly string[] {
  const pythons = list(lib).filter((name) => /^python3(\.\d+)?$/.test(name));
  return pythons.flatMap((name) => ['site-packages', 'dist-packages'].map((packages) => path.join(lib, name, packages, 'xgboost', 'lib')));
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A folder that is not there holds nothing.
    return [];
  }
}

/** Absolute path of XGBoost's shared library (`LIBXGBOOST` names one outright), else null. */
export function findLibxgboost(env: Readonly<Record<string, string | undefined>>): string | null {
  const named = env['LIBXGBOOST'];
  if (named !== undefined && named !== '' && existsSync(named)) return named;
  for (const folder of folders(env)) {
    const name = list(folder).find((entry) => FILE.test(entry));
    if (name !== undefined) return path.join(folder, name);
  }
  return null;
}

export function checkLibxgboost(env: Readonly<Record<string, string | undefined>>): Check {
  const file = findLibxgboost(env);
  return {
    name: 'libxgboost',
    required: false,
    found: file !== null,
    detail: file ?? 'not found; only training of tree models will need it',
    mend: file !== null ? null : process.platform === 'darwin' ? 'brew install xgboost' : 'apt-get install libxgboost0',
  };
}
