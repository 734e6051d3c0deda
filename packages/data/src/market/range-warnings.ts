import { isMember, type FundingSeries, type InstrumentId, type Tape, type Universe } from '@orrery/core';
import type { Gap } from '../dataset/gaps.ts';
import { dayOf, isoTime } from '../dataset/time.ts';
import type { FineChoice, LoadedFine } from './load-fine.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LONGEST_INTERVAL = 8 * HOUR;
const NAMED = 5;

/** Gaps that a range of rows spans. */
export function gapsWithin(gaps: readonly Gap[], first: number, last: number): readonly Gap[] {
  return gaps.filter((gap) => gap.from >= first && gap.to <= last);
}

/** One line naming count and first of the gaps, or none. */
export function gapsWithinWarning(name: string, gaps: readonly Gap[]): string[] {
  if (gaps.length === 0) return [];
  const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
  return [
    `${name}: ${missing} rows missing in ${gaps.length === 1 ? 'a gap' : `${gaps.length} gaps`}, the first at ${isoTime(gaps[0].from)}`,
  ];
}

/** One line where some rows have mark prices and others lack them; none where all have. */
export function marksWarning(symbol: string, missing: number, rows: number): string[] {
  return missing === 0 ? [] : [`${symbol}: mark prices are missing for ${missing} of ${rows} rows; traded prices stand for them`];
}

/** One line where finer candles were to be there and are not, or cover only a part of the rows. */
export function fineWarning(symbol: string, choice: FineChoice, fine: LoadedFine | null, rows: number): string[] {
  if (fine !== null) {
    if (fine.covered === rows) return [];
    return [`${symbol}: finer candles (${fine.interval}) cover ${fine.covered} of ${rows} rows; the others are decided by themselves`];
  }
  return choice === null || choice === 'auto'
    ? []
    : [`${symbol}: no finer candles (${choice}) stored for its time; rows are decided by themselves`];
}

/** One line for the days at the beginning on which nobody may be entered yet, for want of history. */
export function universeWarning(universe: Universe | null, instruments: number): string[] {
  if (universe === null) return [];
  const { firstDay, days } = universe;
  const ids = Array.from({ length: instruments }, (_, id) => id as InstrumentId);
  let day = 0;
  while (day < days && !ids.some((id) => isMember(universe, id, firstDay + day * DAY))) day++;
  if (day === 0) return [];
  const until = day === days ? 'on any day of the run' : `before ${dayOf(firstDay + day * DAY)}`;
  return [`universe: no symbol may be entered ${until}, as none has a day of history by then`];
}

/** Whether a whole hour, at which the venue may charge, lies after the first candle's open and before the last one's close. */
function mayBeFunded(start: number, end: number): boolean {
  return Math.floor(end / HOUR) * HOUR > start;
}

/** What of the funding is missing: whole symbols in one line, ends that the candles reach beyond one by one. */
export function fundingWarnings(
  loaded: readonly {
    readonly tape: Tape;
    readonly funding: FundingSeries;
    readonly delisted: number;
    readonly dataset: { readonly symbol: string };
    readonly fundingWarnings: readonly string[];
  }[],
): string[] {
  const without: string[] = [];
  const warnings: string[] = [];
  for (const { tape, funding, delisted, dataset, fundingWarnings } of loaded) {
    const [start, end] = [tape.closeTs[0] - tape.intervalMs + 1, tape.closeTs[tape.length - 1]];
    const { times } = funding;
    warnings.push(...fundingWarnings);
    if (times.length === 0) {
      if (mayBeFunded(start, Math.min(end, delisted))) without.push(dataset.symbol);
      continue;
    }
    const [first, last] = [times[0], times[times.length - 1]];
    if (first - start > LONGEST_INTERVAL)
      warnings.push(`${dataset.symbol}: no funding rates before ${isoTime(first)}; no funding is charged there`);
    if (Math.min(end, delisted) - last > LONGEST_INTERVAL)
      warnings.push(`${dataset.symbol}: no funding rates after ${isoTime(last)}; no funding is charged there`);
  }
  if (without.length > 0) {
    const names = `${without.slice(0, NAMED).join(', ')}${without.length > NAMED ? ` and ${without.length - NAMED} more` : ''}`;
    warnings.unshift(`no funding rates stored for ${names}; no funding is charged`);
  }
  return warnings;
}
