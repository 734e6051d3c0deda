/** Where a value came from, weakest first: each wins over those before it. */
export const SOURCES = ['default', 'file', 'environment', 'flag'] as const;
export type Source = (typeof SOURCES)[number];

/** Whether a value of one source wins over that of another. */
export function isStronger(one: Source, other: Source): boolean {
  return SOURCES.indexOf(one) > SOURCES.indexOf(other);
}

/** A setting's value; null where it has none. */
export type SettingValue = string | number | boolean | null;

/** Chapter of docs/configuration.md that a setting stands in. */
export type SettingGroup = 'strategies' | 'trading' | 'performance' | 'models' | 'notifications' | 'folders' | 'tools';

interface SettingBase {
  /** In kebab-case: the flag's name, and the key in a configuration file. */
  readonly key: string;
  /** Name of the environment variable. */
  readonly env: string;
  readonly group: SettingGroup;
  /** One sentence, without its full stop. */
  readonly doc: string;
  /** The verbs and parts that read it. */
  readonly readBy: string;
  /** Read from the environment alone: not from a file, not from a flag. */
  readonly only?: 'environment';
  /** The parameter of a strategy that it becomes where a strategy declares it. */
  readonly param?: string;
  /** Nothing reads it yet: what is missing, and what to do instead. Asking for anything but the default is refused with it. */
  readonly later?: string;
}
interface BooleanSetting extends SettingBase {
  readonly type: 'boolean';
  readonly default: boolean;
}
interface NumberSetting extends SettingBase {
  readonly type: 'whole' | 'number';
  readonly min: number;
  readonly max: number;
  readonly default: number;
}
interface WordSetting extends SettingBase {
  readonly type: 'word';
  readonly words: readonly string[];
  /** Words that nothing can act on yet, each with what to do instead. */
  readonly laterWords: Readonly<Record<string, string>>;
  readonly default: null;
}
interface TextSetting extends SettingBase {
  /** `secret` is never printed. */
  readonly type: 'folder' | 'text' | 'secret';
  readonly default: string | null;
}
/** One row of the configuration schema. */
export type Setting = BooleanSetting | NumberSetting | WordSetting | TextSetting;

/** What a setting takes, for messages and documents: `a number from 0 to 1`. */
export function rangeText(setting: Setting): string {
  switch (setting.type) {
    case 'boolean':
      return 'true or false';
    case 'whole':
      return `a whole number from ${setting.min} to ${setting.max}`;
    case 'number':
      return `a number from ${setting.min} to ${setting.max}`;
    case 'word':
      return `one of ${setting.words.join(', ')}`;
    case 'folder':
      return 'a folder';
    case 'secret':
    case 'text':
      return 'a text';
    default:
      throw new TypeError(`unknown type of setting ${String(setting satisfies never)}`);
  }
}
