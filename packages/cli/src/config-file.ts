import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { InputError } from './input-error.ts';
import { suggestion } from './nearest.ts';

/**
 * Reads `--config FILE`: a YAML map from flag names to values.
 * @param known the flags of the verb that was called
 * @throws InputError naming the file and what is wrong with it
 */
export function readConfigFile(file: string, known: readonly string[]): ReadonlyMap<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(
      `--config ${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}); name an existing YAML file`,
    );
  }
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw new InputError(`--config ${file}: not YAML: ${(error as Error).message.split('\n')[0] ?? ''}`);
  }
  if (content === null || content === undefined) return new Map();
  if (typeof content !== 'object' || Array.isArray(content))
    throw new InputError(`--config ${file}: holds no map of flag names to values, such as "seed: 7"`);
  const entries = new Map(Object.entries(content));
  for (const key of entries.keys()) {
    if (!known.includes(key)) throw new InputError(`--config ${file}: unknown key "${key}": ${suggestion(key, known)}`);
  }
  return entries;
}
