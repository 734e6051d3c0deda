import { isoTime, type RefreshedTable } from '@orrery/data';
import type { VerbContext } from '../verb.ts';

/** Says which of the venue's tables was written, and where to. */
export function tellTable(table: RefreshedTable, context: VerbContext): void {
  context.document({ schema: 'orrery.venue-table/1', ...table });
  context.print(`${table.kind} of ${table.symbols} symbols as of ${isoTime(table.time)}, written to ${table.file}`);
}
