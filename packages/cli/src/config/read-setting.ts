import { z } from 'zod';
import { InputError } from '../input-error.ts';
import { nearest } from '../nearest.ts';
import { rangeText, type Setting, type SettingValue } from './setting.ts';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** What a setting takes, from the text that a flag, a file or the environment holds. */
function schemaOf(setting: Setting): z.ZodType<SettingValue, string> {
  switch (setting.type) {
    case 'boolean':
      return z.enum(['true', 'false']).transform((text) => text === 'true');
    case 'whole':
      return z.string().regex(NUMBER).transform(Number).pipe(z.int().min(setting.min).max(setting.max));
    case 'number':
      return z.string().regex(NUMBER).transform(Number).pipe(z.number().min(setting.min).max(setting.max));
    case 'word':
      return z.enum([...setting.words]);
    case 'folder':
    case 'text':
    case 'secret':
      return z.string().min(1);
    default:
      throw new TypeError(`unknown type of setting ${String(setting satisfies never)}`);
  }
}

/**
 * The value that a text stands for.
 * @param where how the user wrote it: `MIN_CONFIDENCE=2`, `--min-confidence 2` or `min-confidence in run.yaml: 2`
 * @throws InputError naming that, and what the setting takes
 */
export function readSetting(setting: Setting, where: string, raw: unknown): SettingValue {
  if (raw === '' || raw === null || raw === undefined) throw new InputError(`${where.trim()} is empty: give it a value`);
  if (Array.isArray(raw)) throw new InputError(`--${setting.key} was given ${raw.length} times: give it once`);
  if (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'boolean')
    throw new InputError(`${where} is not a single value: give it one`);
  const text = String(raw);
  const { success, data } = schemaOf(setting).safeParse(setting.type === 'folder' || setting.type === 'text' ? text : text.trim());
  if (success) return data;
  const near = setting.type === 'word' ? nearest(text, setting.words) : null;
  const hint = near === null ? '' : `; did you mean ${near}?`;
  throw new InputError(`${where}: takes ${rangeText(setting)}${setting.type === 'boolean' ? '; set one of them' : hint}`);
}
