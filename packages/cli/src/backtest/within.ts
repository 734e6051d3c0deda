import { InputError } from '../input-error.ts';
import type { Flags } from '../verb.ts';

/** A number flag within bounds. @throws InputError */
export function within(flags: Flags, name: string, min: number, max: number, isWhole = false): number {
  const value = flags.number(name) ?? Number.NaN;
  if (value >= min && value <= max && (!isWhole || Number.isSafeInteger(value))) return value;
  throw new InputError(`--${name} ${value}: takes a ${isWhole ? 'whole ' : ''}number from ${min} to ${max}`);
}
