import type { JournalEntry } from '../messages.ts';
import { entryToLine } from './text-codec.ts';

/** The first place where two journals differ, with what led up to it. */
export interface Divergence {
  /** Index of the first differing entry, from 0. */
  readonly index: number;
  /** The entries before it, alike in both; at most ten. */
  readonly before: readonly JournalEntry[];
  /** null where that journal has ended. */
  readonly left: JournalEntry | null;
  readonly right: JournalEntry | null;
}

const CONTEXT = 10;

/** Where two journals part, or null when they are the same. */
export function findDivergence(left: Iterable<JournalEntry>, right: Iterable<JournalEntry>): Divergence | null {
  const before: JournalEntry[] = [];
  const other = right[Symbol.iterator]();
  let index = 0;
  for (const entry of left) {
    const step = other.next();
    const against = step.done === true ? null : step.value;
    if (against === null || entryToLine(entry) !== entryToLine(against)) return { index, before, left: entry, right: against };
    before.push(entry);
    if (before.length > CONTEXT) before.shift();
    index += 1;
  }
  const rest = other.next();
  return rest.done === true ? null : { index, before, left: null, right: rest.value };
}
