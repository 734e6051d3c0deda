import { INTERVALS, isInterval, type Interval } from '@orrery/core';
import { InputError } from './input-error.ts';
import type { Flags } from './verb.ts';

/**
 * Reads an interval; `where` is what the user sees it as.
 * @throws InputError naming the intervals there are
 */
export function parseInterval(where: string, text: string): Interval {
  if (isInterval(text)) return text;
  throw new InputError(`${where} ${text}: takes one of ${INTERVALS.join(', ')}`);
}

/**
 * Reads `--interval`, which may be left out.
 * @throws InputError for a text that is no interval
 */
export function intervalFlag(flags: Flags): Interval | undefined {
  const text = flags.string('interval');
  return text === undefined ? undefined : parseInterval('--interval', text);
}

/**
 * Reads an `--interval` that the verb declares as required.
 * @throws InputError for a text that is no interval
 */
export function requiredInterval(flags: Flags): Interval {
  const interval = intervalFlag(flags);
  if (interval === undefined) throw new InputError(`--interval is missing: give one of ${INTERVALS.join(', ')}`);
  return interval;
}
