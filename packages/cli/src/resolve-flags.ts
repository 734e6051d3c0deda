import { settingFaults } from './config/faults.ts';
import { resolveSettings, type Settings } from './config/resolve-settings.ts';
import { FOLDER_SETTINGS } from './config/setting-flags.ts';
import type { Source } from './config/setting.ts';
import { SETTINGS } from './config/settings.ts';
import { flagValue } from './flag-values.ts';
import { GLOBAL_FLAGS } from './global-flags.ts';
import { InputError } from './input-error.ts';
import type { Call } from './parse.ts';
import type { Flag, FlagValue } from './verb.ts';

/** What a call comes to. */
export interface ResolvedCall {
  readonly values: ReadonlyMap<string, FlagValue>;
  /** Of each value that is no default. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly settings: Settings;
}

/**
 * The values of a call: the command line wins over the environment, which wins over the configuration file, which wins over defaults.
 * @throws InputError for a value that its flag does not take, an unknown key, a missing required flag, or settings that nothing can act on
 */
export async function resolveFlags(call: Call, env: Readonly<Record<string, string | undefined>>): Promise<ResolvedCall> {
  const { verb, given } = call;
  const flags = new Map<string, Flag>([...Object.entries(verb.flags), ...Object.entries(GLOBAL_FLAGS)]);
  const file = given.has('config') ? String(flagValue('--config', { type: 'string', summary: '' }, given.get('config'))) : '';
  const fromFile = file === '' ? new Map<string, unknown>() : await readFile(file, call, flags);
  const settings = await resolveSettings(new Set([...FOLDER_SETTINGS, ...(verb.settings ?? [])]), {
    file,
    fromFile,
    env,
    fromFlags: given,
  });
  if (verb.showsSettings !== true) {
    const [fault] = settingFaults(settings);
    if (fault !== undefined) throw new InputError(fault);
  }
  const values = new Map<string, FlagValue>();
  const sources = new Map<string, Source>();
  for (const [name, flag] of flags) {
    // A setting is read by the schema.
    if (SETTINGS.some(({ key }) => key === name)) continue;
    if (flag.default !== undefined) values.set(name, flag.default);
    if (fromFile.has(name)) {
      values.set(name, flagValue(`${name} in ${file}:`, flag, fromFile.get(name)));
      sources.set(name, 'file');
    }
    if (given.has(name)) {
      values.set(name, flagValue(`--${name}`, flag, given.get(name)));
      sources.set(name, 'flag');
    }
  }
  for (const { name, many } of verb.positionals) {
    if (given.has(name)) values.set(name, flagValue(name, { type: many === true ? 'repeat' : 'string', summary: '' }, given.get(name)));
  }
  for (const [name, { required }] of flags) {
    if (required === true && !values.has(name)) throw new InputError(`--${name} is missing: see orrery ${verb.name} --help`);
  }
  return { values, sources, settings };
}

/** Keys are those of the verb's flags, and all settings: one file serves several verbs. */
async function readFile(file: string, { verb }: Call, flags: ReadonlyMap<string, Flag>): Promise<ReadonlyMap<string, unknown>> {
  const { readConfigFile } = await import('./config-file.ts');
  const known = new Set([...flags.keys(), ...SETTINGS.map(({ key }) => key)]);
  if (verb.showsSettings === true) {
    const { VERBS } = await import('./verbs/index.ts');
    for (const entry of VERBS) {
      for (const one of 'verbs' in entry ? entry.verbs : [entry]) for (const name of Object.keys(one.flags)) known.add(name);
    }
  }
  known.delete('config');
  return readConfigFile(file, [...known]);
}
