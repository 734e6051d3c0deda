import type { FundingSeries, Tape } from '@orrery/core';
import type { Gap } from '../dataset/gaps.ts';
import { isoTime } from '../dataset/time.ts';

const LONGEST_INTERVAL = 8 * 3_600_000;
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

/** What of the funding is missing: whole symbols in one line, ends that the candles reach beyond one by one. */
export function fundingWarnings(
  loaded: readonly {
    readonly tape: Tape;
    readonly funding: FundingSeries;
    readonly dataset: { readonly symbol: string };
    readonly fundingWarnings: readonly string[];
  }[],
): string[] {
  const without: string[] = [];
  const warnings: string[] = [];
  for (const { tape, funding, dataset, fundingWarnings } of loaded) {
    const [start, end] = [tape.closeTs[0] - tape.intervalMs + 1, tape.closeTs[tape.length - 1]];
    const { times } = funding;
    warnings.push(...fundingWarnings);
    if (times.length === 0) {
      if (end - start >= LONGEST_INTERVAL) without.push(dataset.symbol);
      continue;
    }
    const [first, last] = [times[0], times[times.length - 1]];
    if (first - start > LONGEST_INTERVAL)
      warnings.push(`${dataset.symbol}: no funding rates before ${isoTime(first)}; none is charged there`);
    if (end - last > LONGEST_INTERVAL) warnings.push(`${dataset.symbol}: no funding rates after ${isoTime(last)}; none is charged there`);
  }
  if (without.length > 0) {
    const names = `${without.slice(0, NAMED).join(', ')}${without.length > NAMED ? ` and ${without.length - NAMED} more` : ''}`;
    warnings.unshift(`no funding rates stored for ${names}; none is charged`);
  }
  return warnings;
}
