import type { Recorder } from '../engine/recorder.ts';
import type { JournalEntry, Message } from '../messages.ts';
import type { Divergence } from './divergence.ts';
import { entryToLine } from './text-codec.ts';

const CONTEXT = 10;

/** Holds what an engine says against what it said before; entries behind the end of the old journal are new and passed on. */
export class ReplayCheck implements Recorder {
  /** Entries that the engine has written so far. */
  recorded = 0;
  /** The first entry that came out differently. */
  divergence: Divergence | null = null;
  readonly #entries: readonly JournalEntry[];
  readonly #next: Recorder;

  constructor(entries: readonly JournalEntry[], next: Recorder) {
    this.#entries = entries;
    this.#next = next;
  }

  record(seq: number, pos: number, lane: 'in' | 'out', message: Message): void {
    const index = this.recorded;
    this.recorded += 1;
    const known = this.#entries[index];
    if (known === undefined) {
      this.#next.record(seq, pos, lane, message);
      return;
    }
    const fresh: JournalEntry = { seq, pos, lane, message };
    if (this.divergence !== null || entryToLine(known) === entryToLine(fresh)) return;
    this.divergence = { index, before: this.#entries.slice(Math.max(0, index - CONTEXT), index), left: known, right: fresh };
  }
}
