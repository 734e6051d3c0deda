import { refreshFilters } from '@orrery/data';
import type { Flags, VerbContext } from '../verb.ts';
import { tellTable } from './tell-table.ts';

/** Fetches the filters of today; nobody's key is needed. */
export async function run(flags: Flags, context: VerbContext): Promise<void> {
  tellTable(await refreshFilters({ root: context.dataRoot, restUrl: flags.string('rest-url'), signal: context.signal }), context);
}
