import { entryFromLine, entryToLine, type JournalEntry, type Message, type Recorder } from '@orrery/core';
import { ChainedFileWriter, readChained, type ChainedRead } from './chained-file.ts';

/** Writes journal.jsonl: an entry a line, each ending in its chain value, so that a cut or changed line shows (JRN-3). */
export class JournalFileWriter implements Recorder {
  readonly #lines: ChainedFileWriter;

  /** @param resume the journal is there: what is written goes behind its last whole line; a torn one is cut off first */
  constructor(path: string, resume?: JournalRead) {
    this.#lines = new ChainedFileWriter(path, resume);
  }
  record(seq: number, pos: number, lane: 'in' | 'out', message: Message): void {
    this.#lines.append(entryToLine({ seq, pos, lane, message }));
  }
  /** Makes everything durable that was recorded so far: a live run does so before it sends anything. */
  flush(): void {
    this.#lines.flush();
  }
  /** Makes everything durable. Returns the last chain value, which seals the manifest. */
  close(): string {
    return this.#lines.close();
  }
  /** Gives the file up as it is; what was not written yet is lost. */
  abandon(): void {
    this.#lines.abandon();
  }
}

/** What a journal file turned out to hold. */
export type JournalRead = ChainedRead<JournalEntry>;

/**
 * Reads a journal back, checking each line against the chain.
 * @param mend what a user does about a damaged one; default: run the backtest again
 * @throws InputError naming file and line when a line was changed, is missing or is no entry
 */
export function readJournal(path: string, mend?: string): Promise<JournalRead> {
  return readChained(path, entryFromLine, mend);
}
