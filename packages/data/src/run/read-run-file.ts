import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { InputError } from '../input-error.ts';

const MEND = 'run the backtest again';

/**
 * One of a run's JSON files, held against its schema.
 * @param mend what a user does about a damaged one
 * @throws InputError in one line: the file, the first field that is wrong with its value, and the mend
 */
export function readRunFile<T>(file: string, schema: z.ZodType<T>, mend: string = MEND): T {
  const parsed = schema.safeParse(parseJson(file, readText(file, mend), mend));
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const field = issues[0]?.path.join('.') || '(whole file)';
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  throw new InputError(`${file}: field ${field}: ${issues[0]?.message ?? 'has another shape'}${more}; ${mend}`);
}

function readText(file: string, mend: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    if (code === 'ENOENT') throw new InputError(`${file}: missing, the run did not finish; ${mend}`, { cause });
    throw new InputError(`${file}: cannot be read (${code}); mend its permissions, or ${mend}`, { cause });
  }
}

function parseJson(file: string, text: string, mend: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replaceAll(/\s+/g, ' ') : String(cause);
    throw new InputError(`${file}: is not JSON (${reason}); ${mend}`, { cause });
  }
}
