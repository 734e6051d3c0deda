import { INTERVALS, isInterval, type Interval } from '@orrery/core';
import { InputError } from '../input-error.ts';
import type { Flags } from '../verb.ts';

/**
 * Reads `--interval`, which may be left out.
 * @throws InputError for a text that is no interval
 */
export function intervalFlag(flags: Flags): Interval | undefined {
  const text = flags.string('interval');
  if (text === undefined || isInterval(text)) return text;
  throw new InputError(`--interval ${text}: takes one of ${INTERVALS.join(', ')}`);
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
