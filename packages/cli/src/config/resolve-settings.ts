import { InputError } from '../input-error.ts';
import type { Setting, SettingValue, Source } from './setting.ts';
import { SETTINGS } from './settings.ts';

/** A setting's value, and where it came from. */
export interface ResolvedSetting {
  readonly setting: Setting;
  readonly value: SettingValue;
  readonly source: Source;
  /** How the user wrote it, for a message: `STRATEGY_MODE=ict`; the key where it is the default. A secret's text is not in it. */
  readonly where: string;
}

/** What settings are read from, each wins over those before it. */
export interface SettingSources {
  /** Name of the configuration file, for messages. */
  readonly file: string;
  readonly fromFile: ReadonlyMap<string, unknown>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fromFlags: ReadonlyMap<string, unknown>;
}

/** The settings that concern a verb, each parsed once. Asking for another one, or under another type, is a mistake of ours: plain Error. */
export class Settings {
  readonly #resolved: ReadonlyMap<string, ResolvedSetting>;

  constructor(resolved: readonly ResolvedSetting[]) {
    this.#resolved = new Map(resolved.map((one) => [one.setting.key, one]));
  }
  /** All of them, in the order of the schema. */
  get all(): readonly ResolvedSetting[] {
    return [...this.#resolved.values()];
  }
  get(key: string): ResolvedSetting {
    const found = this.#resolved.get(key);
    if (found === undefined) throw new Error(`setting ${key} does not concern this verb`);
    return found;
  }
  boolean(key: string): boolean {
    const { value } = this.get(key);
    if (typeof value !== 'boolean') throw new Error(`setting ${key} is not a boolean`);
    return value;
  }
  number(key: string): number {
    const { value } = this.get(key);
    if (typeof value !== 'number') throw new Error(`setting ${key} is not a number`);
    return value;
  }
  /** Null where it has no value. */
  text(key: string): string | null {
    const { value } = this.get(key);
    if (value !== null && typeof value !== 'string') throw new Error(`setting ${key} is not a text`);
    return value;
  }
}

interface Given {
  readonly raw: unknown;
  readonly source: Exclude<Source, 'default'>;
  readonly where: string;
}

/**
 * Reads settings: a flag wins over the environment, which wins over the file, which wins over the default. A variable that is set to an
 * empty text counts as not set. Only what wins is read.
 * @throws InputError for a value that a setting does not take, or a secret in a file
 */
export async function resolveSettings(keys: Iterable<string>, sources: SettingSources): Promise<Settings> {
  refuseInFile(sources);
  const wanted = new Set(keys);
  const resolved: ResolvedSetting[] = [];
  for (const setting of SETTINGS) {
    if (!wanted.has(setting.key)) continue;
    const given = givenFor(setting, sources);
    if (given === null) {
      resolved.push({ setting, value: setting.default, source: 'default', where: setting.key });
      continue;
    }
    const { raw, source, where } = given;
    const { readSetting } = await import('./read-setting.ts');
    resolved.push({ setting, value: readSetting(setting, where, raw), source, where });
  }
  return new Settings(resolved);
}

function givenFor(setting: Setting, { file, fromFile, env, fromFlags }: SettingSources): Given | null {
  const shown = (raw: unknown): string => (setting.type === 'secret' ? '…' : String(raw));
  const flag = fromFlags.get(setting.key);
  if (flag !== undefined) return { raw: flag, source: 'flag', where: `--${setting.key} ${shown(flag)}` };
  const variable = env[setting.env] ?? '';
  if (variable !== '') return { raw: variable, source: 'environment', where: `${setting.env}=${shown(variable)}` };
  if (!fromFile.has(setting.key)) return null;
  const raw = fromFile.get(setting.key);
  return { raw, source: 'file', where: `${setting.key} in ${file}: ${raw === null || typeof raw === 'object' ? '' : shown(raw)}` };
}

function refuseInFile({ file, fromFile }: SettingSources): void {
  const secret = SETTINGS.find(({ key, only }) => only !== undefined && fromFile.has(key));
  if (secret === undefined) return;
  throw new InputError(`--config ${file}: ${secret.key} is read from the environment alone: set ${secret.env} there, and remove it here`);
}
