import { EntryList, type JournalEntry, type Message, type Recorder } from '@orrery/core';
import { DigestRecorder, JournalFileWriter, type JournalRead } from '@orrery/data/journal';

/** The journal of a session: on disk, and as a digest over all of it. */
export class RunRecorder implements Recorder {
  readonly #file: JournalFileWriter;
  readonly #digest = new DigestRecorder();
  readonly #fresh = new EntryList();

  /** @param known the journal that is there, to go on behind */
  constructor(path: string, known: JournalRead | undefined) {
    this.#file = new JournalFileWriter(path, known);
    for (const { seq, pos, lane, message } of known?.entries ?? []) this.#digest.record(seq, pos, lane, message);
  }
  /** Entries of the whole journal. */
  get entries(): number {
    return this.#digest.entries;
  }
  /** Entries recorded since the last call. */
  takeFresh(): readonly JournalEntry[] {
    return this.#fresh.entries.splice(0);
  }
  record(seq: number, pos: number, lane: 'in' | 'out', message: Message): void {
    this.#file.record(seq, pos, lane, message);
    this.#digest.record(seq, pos, lane, message);
    this.#fresh.record(seq, pos, lane, message);
  }
  flush(): void {
    this.#file.flush();
    this.#fresh.entries.length = 0;
  }
  /** Gives the file up as it is. */
  abandon(): void {
    this.#file.abandon();
  }
  /** Makes everything durable and returns the digest of the whole journal. */
  close(): string {
    this.#file.close();
    return this.#digest.digest();
  }
}
