import type { SymbolFilters, TableReference, Tape } from '@orrery/core';
import { dayOf } from '../dataset/time.ts';
import { chooseBrackets, readBracketSnapshot } from './bracket-snapshot.ts';
import { chooseFilters, type SeenDecimals } from './choose-filters.ts';
import { readFilterSnapshot } from './filter-snapshot.ts';
import { nearestSnapshot } from './nearest-snapshot.ts';

/** What the venue's tables are chosen by: a symbol and its candles. */
export interface TableSubject {
  readonly symbol: string;
  readonly tape: Tape;
  readonly seen: SeenDecimals;
  readonly synthetic: boolean;
}
/** Filters with brackets, by instrument, and the tables that they come from. */
export interface VenueTables {
  readonly filters: readonly SymbolFilters[];
  /** Null where no symbol of the run is in it. */
  readonly filterTable: TableReference | null;
  readonly bracketTable: TableReference | null;
  /** Symbols that the bracket table lacks; they have the core's flat ones. */
  readonly withoutBrackets: readonly string[];
  readonly warnings: readonly string[];
}

const DAY = 86_400_000;
/** From here on a table says little about the time of the candles. */
const FAR_DAYS = 180;

/**
 * Filters and brackets for a run: those of the tables whose days are nearest to the middle of its candles, one table for all symbols.
 * @param given filters to use as they are; where they have no brackets, those of the table are filled in
 * @throws InputError when a table under the data root is damaged
 */
export async function chooseTables(root: string, subjects: readonly TableSubject[], given: readonly SymbolFilters[]): Promise<VenueTables> {
  const first = Math.min(...subjects.map(({ tape }) => tape.closeTs[0] - tape.intervalMs + 1));
  const last = Math.max(...subjects.map(({ tape }) => tape.closeTs[tape.length - 1]));
  const middle = first + (last - first) / 2;
  const filterSnapshot = await readFilterSnapshot(await nearestSnapshot(root, 'filters', middle));
  const bracketSnapshot = await readBracketSnapshot(await nearestSnapshot(root, 'brackets', middle));
  const filters: SymbolFilters[] = [];
  const withoutBrackets: string[] = [];
  const warnings: string[] = [];
  let [anyFilters, anyBrackets] = [false, false];
  for (const { symbol, tape, seen, synthetic } of subjects) {
    const own = given.find((one) => one.symbol === symbol);
    const chosen = own === undefined ? chooseFilters(symbol, filterSnapshot, tape, seen, synthetic) : null;
    warnings.push(...(chosen?.warnings ?? []));
    anyFilters ||= chosen?.known ?? false;
    const base = chosen?.filters ?? own ?? null;
    if (base === null) continue;
    if (base.brackets !== undefined) {
      filters.push(base);
      continue;
    }
    const { brackets, known } = chooseBrackets(symbol, bracketSnapshot, synthetic);
    if (!known) withoutBrackets.push(symbol);
    anyBrackets ||= known;
    filters.push({ ...base, brackets });
  }
  const filterTable = anyFilters ? { time: filterSnapshot.serverTime, sha256: filterSnapshot.sha256 } : null;
  const bracketTable = anyBrackets ? { time: bracketSnapshot.time, sha256: bracketSnapshot.sha256 } : null;
  // A run says itself how far its brackets are from its candles, because they decide what is liquidated in it.
  warnings.push(...ageWarning(filterTable, first, last));
  return { filters, filterTable, bracketTable, withoutBrackets, warnings };
}

/** One line for a table that is far from every candle. */
function ageWarning(table: TableReference | null, first: number, last: number): string[] {
  if (table === null) return [];
  const days = Math.floor(Math.max(first - table.time, table.time - last) / DAY);
  if (days <= FAR_DAYS) return [];
  const where = table.time < first ? 'before the first candle' : 'after the last candle';
  return [`the venue's filters are those of ${dayOf(table.time)}, ${days} days ${where}; they may have been others then`];
}
