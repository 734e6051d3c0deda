import { findDivergence } from '../journal/divergence.ts';
import { entryToLine } from '../journal/text-codec.ts';
import type { JournalEntry } from '../messages.ts';
import type { Said } from './runs.ts';

/** How two runs that ought to be alike differ, told with what came before; null when they are alike. */
export function difference(leftName: string, left: Said, rightName: string, right: Said): string | null {
  const divergence = findDivergence(left.entries, right.entries);
  if (divergence !== null) {
    return [
      `journal entry ${divergence.index + 1} differs${fieldsThatDiffer(divergence.left, divergence.right)}:`,
      ...divergence.before.map((entry) => `    both: ${entryToLine(entry)}`),
      `    ${leftName}: ${lineOf(divergence.left)}`,
      `    ${rightName}: ${lineOf(divergence.right)}`,
    ].join('\n');
  }
  const before = left.error?.message ?? null;
  const after = right.error?.message ?? null;
  if (before === after) return null;
  return `the journals are alike, but the runs end differently:\n    ${leftName}: ${before ?? 'no error'}\n    ${rightName}: ${after ?? 'no error'}`;
}

/** ` in side, qty`, where both entries are of one kind; entries are long, and the eye slides past a word. */
function fieldsThatDiffer(left: JournalEntry | null, right: JournalEntry | null): string {
  if (left === null || right === null || left.message.type !== right.message.type) return '';
  const [a, b]: readonly Readonly<Record<string, unknown>>[] = [left, right].map(({ pos, message }) => ({ pos, ...message }));
  const names = Object.keys(a).filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]));
  return names.length === 0 ? '' : ` in ${names.join(', ')}`;
}

function lineOf(entry: JournalEntry | null): string {
  return entry === null ? '(no more entries)' : entryToLine(entry);
}
