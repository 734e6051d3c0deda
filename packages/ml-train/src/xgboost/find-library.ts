import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '@orrery/data';

type Environment = Readonly<Record<string, string | undefined>>;

const FILE = /^(?:lib)?xgboost(?:\.so(?:\.\d+)*|\.dylib|\.dll)$/;
const TRIPLES = ['x86_64-linux-gnu', 'aarch64-linux-gnu', 'arm-linux-gnueabihf', 'riscv64-linux-gnu'];

/**
 * Absolute path of XGBoost's shared library, or null. In this order: the file that `XGBOOST_LIB` names; Debian's folders; the Python
 * packages of a virtual environment, the user and the system (pip puts the library into `xgboost/lib`); conda; Homebrew.
 * @throws InputError when `XGBOOST_LIB` names no file
 */
export function findLibrary(env: Environment): string | null {
  const named = env['XGBOOST_LIB'] ?? '';
  if (named !== '') {
    if (statSync(named, { throwIfNoEntry: false })?.isFile() === true) return path.resolve(named);
    throw new InputError(`XGBOOST_LIB ${named}: is no file; name XGBoost's shared library, or unset it`);
  }
  for (const folder of folders(env)) {
    const name = list(folder).find((entry) => FILE.test(entry));
    if (name !== undefined) return path.join(folder, name);
  }
  return null;
}

/** The command that brings the library to this kind of machine. */
export function installCommand(platform: NodeJS.Platform = process.platform): string {
  if (platform === 'darwin') return 'brew install xgboost';
  if (platform === 'linux' && existsSync('/etc/debian_version')) return 'apt-get install libxgboost0';
  return 'pip install xgboost';
}

/** @throws InputError with the install commands when there is none */
export function requireLibrary(env: Environment): string {
  const file = findLibrary(env);
  if (file !== null) return file;
  throw new InputError(
    "XGBoost's library was not found: apt-get install libxgboost0, or pip install xgboost, or brew install xgboost, or name it by XGBOOST_LIB",
  );
}

function folders(env: Environment): readonly string[] {
  const { VIRTUAL_ENV: venv = '', CONDA_PREFIX: conda = '', HOME: home = '' } = env;
  const debian = TRIPLES.map((triple) => path.join('/usr/lib', triple));
  const pythons = [venv, conda, home === '' ? '' : path.join(home, '.local'), '/usr/local', '/usr', '/opt/homebrew'];
  const plain = [conda, '/opt/homebrew', '/usr/local', '/usr'];
  return [
    ...debian,
    ...pythons.filter((root) => root !== '').flatMap((root) => pythonFolders(root)),
    ...plain.filter((root) => root !== '').flatMap((root) => [path.join(root, 'lib'), path.join(root, 'Library', 'bin')]),
  ];
}

function pythonFolders(root: string): readonly string[] {
  const lib = path.join(root, 'lib');
  const named = list(lib).filter((name) => /^python3(\.\d+)?$/.test(name));
  const unix = named.flatMap((name) => ['site-packages', 'dist-packages'].map((packages) => path.join(lib, name, packages)));
  return [...unix, path.join(root, 'Lib', 'site-packages')].map((packages) => path.join(packages, 'xgboost', 'lib'));
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A folder that is not there holds nothing.
    return [];
  }
}
