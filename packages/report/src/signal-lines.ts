import type { ByDirection, SignalSummary } from '@orrery/core';
import { formatNumber } from './format/text.ts';

/** Reasons that a terminal names, the most frequent first. */
const SHOWN_REASONS = 5;

/** What became of the signals, a few lines for a terminal and an empty one; nothing for a run without signals. */
export function signalLines(signals: SignalSummary | null): readonly string[] {
  if (signals === null) return [];
  const { raised, accepted, virtual, breakerChanges } = signals;
  const mean = virtual.meanReturnPercent;
  const worth = mean === null ? '' : `, mean return after fees ${formatNumber(mean, 3)} %`;
  return [
    `signals  ${both(raised)} raised, ${both(accepted)} accepted`,
    ...rejectedLines(signals),
    `virtual  ${both(virtual.closed)} closed, ${count(total(virtual.won))} won${worth}; ${count(virtual.open)} open at the end`,
    ...(breakerChanges === 0 ? [] : [`breakers changed ${count(breakerChanges)} times`]),
    '',
  ];
}

function rejectedLines({ rejected }: SignalSummary): readonly string[] {
  if (rejected.length === 0) return [];
  const byCount = rejected.toSorted((a, b) => total(b) - total(a) || (a.reason < b.reason ? -1 : 1));
  const shown = byCount.slice(0, SHOWN_REASONS).map((row) => `${row.reason.replaceAll('_', ' ')} ${count(total(row))}`);
  const rest = byCount.slice(SHOWN_REASONS).reduce((sum, row) => sum + total(row), 0);
  return [`rejected ${[...shown, ...(rest === 0 ? [] : [`other reasons ${count(rest)}`])].join(', ')}`];
}

/** `12 (7 long, 5 short)` */
function both(tally: ByDirection): string {
  return `${count(total(tally))} (${count(tally.long)} long, ${count(tally.short)} short)`;
}
function total({ long, short }: ByDirection): number {
  return long + short;
}
function count(value: number): string {
  return formatNumber(value, 0);
}
