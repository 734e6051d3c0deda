import type { Recorder } from '../engine/recorder.ts';
import type { JournalEntry, Message } from '../messages.ts';

/** Keeps the whole journal in memory: for tests, contracts and comparisons. */
export class EntryList implements Recorder {
  readonly entries: JournalEntry[] = [];

  record(seq: number, pos: number, lane: 'in' | 'out', message: Message): void {
    this.entries.push({ seq, pos, lane, message });
  }
}
