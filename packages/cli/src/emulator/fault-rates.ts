import { FAULT_KINDS, type FaultKind } from '@orrery/emulator';
import { InputError } from '../input-error.ts';
import { suggestion } from '../nearest.ts';

/**
 * How often each kind of fault happens, from words such as `timeout=0.01`.
 * @param flag the flag that they were given with, such as `--fault`
 * @throws InputError naming flag, word and what it may be
 */
export function faultRates(flag: string, words: readonly string[]): Partial<Record<FaultKind, number>> {
  const rates: Partial<Record<FaultKind, number>> = {};
  for (const word of words) {
    const at = word.indexOf('=');
    const name = at < 0 ? word : word.slice(0, at);
    const value = at < 0 ? '' : word.slice(at + 1);
    const kind = FAULT_KINDS.find((known) => known === name);
    if (kind === undefined) throw new InputError(`${flag} ${word}: unknown kind "${name}": ${suggestion(name, FAULT_KINDS)}`);
    const rate = Number(value);
    if (value.trim() === '' || !(rate >= 0 && rate <= 1))
      throw new InputError(`${flag} ${word}: give a rate from 0 to 1, e.g. ${kind}=0.01`);
    rates[kind] = rate;
  }
  return rates;
}
