import { mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { InputError } from '../input-error.ts';
import { bundleStrategy } from './bundle.ts';

/** What a strategy file gave. */
export interface LoadedStrategyFile {
  /** Absolute path, symbolic links followed. */
  readonly file: string;
  /** The default export, whatever it is: the caller checks that it is a strategy. */
  readonly strategy: unknown;
  /** SHA-256, in hex, of the file and of everything of the user's own that it imports; goes into the run's manifest. */
  readonly sha256: string;
}

const ENDINGS = ['.ts', '.mts', '.js', '.mjs'];

/** Whether `--strategy TEXT` means a file rather than the name of a strategy that ships with Orrery. */
export function isStrategyFile(text: string): boolean {
  return ENDINGS.includes(path.extname(text)) || text.includes('/') || text.includes(path.sep);
}

function existingFile(given: string): string {
  const file = path.resolve(given);
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) throw new InputError(`--strategy ${given}: no such file (looked for ${file})`);
  if (!stat.isFile()) throw new InputError(`--strategy ${given}: is a folder: name the file in it`);
  if (!ENDINGS.includes(path.extname(file))) throw new InputError(`--strategy ${given}: must end in one of ${ENDINGS.join(', ')}`);
  return realpathSync(file);
}

/** Where in the user's own files an error was thrown, as ` (my.ts:3:9)`; empty when the stack does not say. */
export function placeOf(error: unknown, file: string): string {
  const folder = path.dirname(file);
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  for (const line of lines) {
    const place = /(?:file:\/\/)?(\/[^()]*|[A-Z]:[^()]*?):(\d+):(\d+)\)?$/.exec(line);
    if (place?.[1]?.startsWith(folder)) return ` (${path.relative(folder, place[1])}:${place[2]}:${place[3]})`;
  }
  return '';
}

async function importCode(code: string, file: string): Promise<unknown> {
  // Errors of the strategy, now and while it runs, then name the line of the user's own file.
  process.setSourceMapsEnabled(true);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'orrery-strategy-'));
  try {
    const module = path.join(folder, 'strategy.mjs');
    writeFileSync(module, code);
    return await import(pathToFileURL(module).href);
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new InputError(`--strategy ${file}: throws while it is loaded: ${message}${placeOf(error, file)}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Loads a user's own strategy from any folder, TypeScript or JavaScript, with or without a node_modules near it. It gets the same
 * instance of `@orrery/core` and `@orrery/strategies` as Orrery itself.
 * @throws InputError in one line when the file is missing, does not compile (with line and column), throws, or has no default export
 */
export async function loadStrategyFile(given: string): Promise<LoadedStrategyFile> {
  const file = existingFile(given);
  const { code, sha256 } = await bundleStrategy(file);
  const module = await importCode(code, file);
  const strategy = typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
  if (strategy === undefined) {
    throw new InputError(`--strategy ${given}: has no default export: end it with "export default defineStrategy({ … })"`);
  }
  return { file, strategy, sha256 };
}
