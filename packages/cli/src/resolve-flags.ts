import { flagValue } from './flag-values.ts';
import { GLOBAL_FLAGS } from './global-flags.ts';
import { InputError } from './input-error.ts';
import type { Call } from './parse.ts';
import type { Flag, FlagValue } from './verb.ts';

/**
 * The values of a call: the command line wins over the configuration file, which wins over defaults.
 * @throws InputError for a value that its flag does not take, an unknown key, or a missing required flag
 */
export async function resolveFlags({ verb, given }: Call): Promise<ReadonlyMap<string, FlagValue>> {
  const flags = new Map<string, Flag>([...Object.entries(verb.flags), ...Object.entries(GLOBAL_FLAGS)]);
  const values = new Map<string, FlagValue>();
  for (const [name, { default: fallback }] of flags) if (fallback !== undefined) values.set(name, fallback);
  if (given.has('config')) {
    const { readConfigFile } = await import('./config-file.ts');
    const file = String(flagValue('--config', { type: 'string', summary: '' }, given.get('config')));
    const keys = [...flags.keys()].filter((name) => name !== 'config');
    for (const [key, raw] of readConfigFile(file, keys)) {
      const flag = flags.get(key);
      if (flag !== undefined) values.set(key, flagValue(`${key} in ${file}:`, flag, raw));
    }
  }
  for (const [name, flag] of flags) if (given.has(name)) values.set(name, flagValue(`--${name}`, flag, given.get(name)));
  for (const { name, many } of verb.positionals) {
    if (given.has(name)) values.set(name, flagValue(name, { type: many === true ? 'repeat' : 'string', summary: '' }, given.get(name)));
  }
  for (const [name, { required }] of flags) {
    if (required === true && !values.has(name)) throw new InputError(`--${name} is missing: see orrery ${verb.name} --help`);
  }
  return values;
}
