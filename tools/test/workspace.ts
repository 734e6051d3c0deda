import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const ROOT: string = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

const NOT_OURS = new Set(['node_modules', 'dist', '.git', '.orrery', 'runs', 'coverage', 'binance-um']);

/** Every file that belongs to the repository, as a path relative to the root with forward slashes. */
export function repositoryFiles(folder = ''): readonly string[] {
  const entries = readdirSync(path.join(ROOT, folder), { withFileTypes: true }).filter(
    ({ name }) => !NOT_OURS.has(name) || folder.endsWith('/src'),
  );
  return entries.flatMap((entry) => {
    const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return repositoryFiles(file);
    return entry.isFile() && !entry.name.endsWith('.tsbuildinfo') ? [file] : [];
  });
}

/** The text of a file of the repository. */
export function readText(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

export interface Manifest {
  readonly file: string;
  readonly name: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The manifest of every package of the workspace, the root's included. */
export function manifests(): readonly Manifest[] {
  const files = repositoryFiles().filter((file) => /^(?:(?:packages\/[^/]+|bench|examples)\/)?package\.json$/.test(file));
  return files.map((file) => ({ ...(JSON.parse(readText(file)) as Omit<Manifest, 'file'>), file }));
}
