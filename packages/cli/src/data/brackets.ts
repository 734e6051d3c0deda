import { readKeys, refreshBrackets } from '@orrery/data';
import { InputError } from '../input-error.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { tellTable } from './tell-table.ts';

/** Fetches the leverage brackets of today, with a key. */
export async function run(flags: Flags, context: VerbContext): Promise<void> {
  const named = flags.string('keys');
  const keys = await readKeys({ file: named === 'env' ? undefined : named, env: context.env });
  if (keys === undefined)
    throw new InputError('the venue tells leverage brackets to keys only: set BINANCE_API_KEY and BINANCE_API_SECRET, or give --keys FILE');
  tellTable(await refreshBrackets({ root: context.dataRoot, restUrl: flags.string('rest-url'), signal: context.signal }, keys), context);
}
