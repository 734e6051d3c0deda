import type { FaultPlan } from '@orrery/emulator';
import { FAULT_KINDS, type FaultKind } from '@orrery/emulator';
import { InputError } from '../input-error.ts';

/** What a bad day looks like: connections drop, messages come twice, late, in another order or not at all, answers fail or never come. */
const STANDARD: Readonly<Partial<Record<FaultKind, number>>> = {
  drop: 0.002,
  lose: 0.01,
  duplicate: 0.05,
  reorder: 0.05,
  delay: 0.01,
  'half-frame': 0.001,
  timeout: 0.005,
  unknown: 0.005,
  internal: 0.005,
  unavailable: 0.005,
  'half-body': 0.005,
  'listen-key-expired': 0.0005,
};

/**
 * The fault plan that `--faults` asks for: `none`, `standard`, or `kind=rate` words.
 * @throws InputError naming the word and what it may be
 */
export function faultPlan(words: readonly string[]): FaultPlan | undefined {
  if (words.length === 0 || (words.length === 1 && words[0] === 'none')) return undefined;
  if (words.length === 1 && words[0] === 'standard') return { rates: STANDARD, delayMs: 20 };
  const rates: Partial<Record<FaultKind, number>> = {};
  for (const word of words) {
    const [name = '', text = '', ...more] = word.split('=');
    const kind = FAULT_KINDS.find((known) => known === name);
    const rate = Number(text);
    if (kind === undefined || text.trim() === '' || more.length > 0 || !(rate >= 0 && rate <= 1)) {
      throw new InputError(`--faults ${word}: give none, standard, or kind=rate with a rate from 0 to 1; kinds: ${FAULT_KINDS.join(', ')}`);
    }
    rates[kind] = rate;
  }
  return { rates, delayMs: 20 };
}
