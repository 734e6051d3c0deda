import { InputError } from './input-error.ts';
import type { Source } from './config/setting.ts';
import type { Flag, FlagValue, Flags } from './verb.ts';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Turns what the command line or the configuration file gave into the flag's declared type.
 * @param where how the user wrote it: `--seed`, or `seed in run.yaml`
 * @throws InputError naming flag, value and mend
 */
export function flagValue(where: string, flag: Flag, raw: unknown): FlagValue {
  const many = flag.type === 'list' || flag.type === 'repeat';
  if (Array.isArray(raw) && !many) throw new InputError(`${where} was given ${raw.length} times: give it once`);
  switch (flag.type) {
    case 'boolean':
      if (raw === true || raw === 'true') return true;
      if (raw === false || raw === 'false') return false;
      throw new InputError(`${where} ${String(raw)}: takes true or false`);
    case 'number': {
      const text = String(raw).trim();
      if (!NUMBER.test(text)) throw new InputError(`${where} ${text}: not a number`);
      return Number(text);
    }
    case 'string':
      return choice(where, flag, scalarText(where, raw));
    case 'list': {
      const texts = (Array.isArray(raw) ? raw : [raw]).flatMap((item) => scalarText(where, item).split(','));
      return texts.map((text) => choice(where, flag, text.trim())).filter((text) => text !== '');
    }
    case 'repeat':
      return (Array.isArray(raw) ? raw : [raw]).map((item) => choice(where, flag, scalarText(where, item)));
  }
}

function scalarText(where: string, raw: unknown): string {
  if (typeof raw === 'string' && raw !== '') return raw;
  if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw);
  throw new InputError(`${where} ${raw === '' || raw === null ? 'is empty' : 'is not a single value'}: give it a value`);
}

function choice(where: string, flag: Flag, text: string): string {
  if (flag.choices === undefined || flag.choices.includes(text)) return text;
  throw new InputError(`${where} ${text}: takes one of ${flag.choices.join(', ')}`);
}

/** Typed access to parsed values. A verb that asks for a flag under another type than it declared is a mistake of ours: plain Error. */
export function flagsOf(values: ReadonlyMap<string, FlagValue>, sources: ReadonlyMap<string, Source> = new Map()): Flags {
  const mistake = (name: string, type: string): Error => new Error(`flag ${name} is not declared as ${type}`);
  const string = (name: string): string | undefined => {
    const value = values.get(name);
    if (value !== undefined && typeof value !== 'string') throw mistake(name, 'a string');
    return value;
  };
  return {
    string,
    source: (name) => sources.get(name) ?? 'default',
    text(name) {
      const value = string(name);
      if (value === undefined) throw mistake(name, 'required or with a default');
      return value;
    },
    number(name) {
      const value = values.get(name);
      if (value !== undefined && typeof value !== 'number') throw mistake(name, 'a number');
      return value;
    },
    boolean(name) {
      const value = values.get(name) ?? false;
      if (typeof value !== 'boolean') throw mistake(name, 'a boolean');
      return value;
    },
    list(name) {
      const value = values.get(name) ?? [];
      if (typeof value !== 'object') throw mistake(name, 'a list');
      return value;
    },
  };
}
