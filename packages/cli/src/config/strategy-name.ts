import { InputError } from '../input-error.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { isStronger } from './setting.ts';

/**
 * The strategy meant: `--strategy`, or where that is left out, the one that strategy-mode names. Where both name one, the stronger source
 * wins: a flag over the environment, and that over a file.
 * @throws InputError when neither names one, or both do at the same place
 */
export function strategyName(verb: string, flags: Flags, { settings }: Pick<VerbContext, 'settings'>): string {
  const mode = settings.get('strategy-mode');
  const named = flags.string('strategy');
  if (typeof mode.value !== 'string') {
    if (named !== undefined) return named;
    throw new InputError(`--strategy is missing: give it, or a strategy mode with STRATEGY_MODE; see orrery ${verb} --help`);
  }
  if (named === undefined || named === mode.value) return mode.value;
  const source = flags.source('strategy');
  if (isStronger(source, mode.source)) return named;
  if (isStronger(mode.source, source)) return mode.value;
  const written = source === 'flag' ? `--strategy ${named}` : `strategy ${named}`;
  throw new InputError(`${written} and ${mode.where}: name two strategies; give one of them`);
}
