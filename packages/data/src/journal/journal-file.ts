import { createHash } from 'node:crypto';
import { createReadStream, closeSync, fdatasyncSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { entryFromLine, entryToLine, type JournalEntry, type Message, type Recorder } from '@orrery/core';
import { InputError } from '../input-error.ts';

const START = '0'.repeat(16);
const FLUSH_BYTES = 1 << 20;

/** Hash of a line chained to the one before: 64 bits of SHA-256 over the former chain value and the entry's text. */
function chained(previous: string, text: string): string {
  return createHash('sha256').update(previous).update(text).digest('hex').slice(0, 16);
}

/** Writes journal.jsonl: an entry a line, each ending in its chain value, so that a cut or changed line shows (JRN-3). */
export class JournalFileWriter implements Recorder {
  #file: number | null;
  #pending: string[] = [];
  #bytes = 0;
  /** Where the file ends, in bytes. */
  #end: number;
  #chain: string;

  /** @param resume the journal is there: what is written goes behind its last whole line; a torn one is cut off first */
  constructor(path: string, resume?: JournalRead) {
    this.#file = openSync(path, resume === undefined ? 'wx' : 'r+');
    this.#chain = resume?.chain ?? START;
    this.#end = resume?.bytes ?? 0;
    if (resume === undefined) return;
    ftruncateSync(this.#file, resume.bytes);
    // A last line may be whole but for its end.
    if (this.#end > 0) writeSync(this.#file, '\n', this.#end - 1);
  }
  record(seq: number, pos: number, lane: 'in' | 'out', message: Message): void {
    const text = entryToLine({ seq, pos, lane, message });
    this.#chain = chained(this.#chain, text);
    const line = `${text.slice(0, -1)},"chain":"${this.#chain}"}\n`;
    this.#pending.push(line);
    this.#bytes += line.length;
    if (this.#bytes >= FLUSH_BYTES) this.#write();
  }
  /** Makes everything durable that was recorded so far: a live run does so before it sends anything. */
  flush(): void {
    if (this.#pending.length === 0) return;
    this.#write();
    if (this.#file !== null) fdatasyncSync(this.#file);
  }
  /** Makes everything durable. Returns the last chain value, which seals the manifest. */
  close(): string {
    this.#write();
    if (this.#file !== null) fsyncSync(this.#file);
    this.abandon();
    return this.#chain;
  }
  /** Gives the file up as it is; what was not written yet is lost. */
  abandon(): void {
    const file = this.#file;
    this.#file = null;
    if (file !== null) closeSync(file);
  }
  #write(): void {
    const bytes = Buffer.from(this.#pending.join(''));
    // Writes until all is written: a disk that fills up may take a part of it first, without an error.
    for (let done = 0; this.#file !== null && done < bytes.length;) {
      done += writeSync(this.#file, bytes, done, bytes.length - done, this.#end + done);
    }
    this.#end += bytes.length;
    this.#pending = [];
    this.#bytes = 0;
  }
}

const CHAIN = /^(.*),"chain":"([0-9a-f]{16})"\}$/;

/** What a journal file turned out to hold. */
export interface JournalRead {
  readonly entries: readonly JournalEntry[];
  readonly chain: string;
  /** Length of the whole lines. */
  readonly bytes: number;
  /** True when the last line was cut off in the middle; it is left out. */
  readonly isTorn: boolean;
}

/**
 * Reads a journal back, checking each line against the chain.
 * @throws InputError naming file and line when a line was changed, is missing or is no entry
 */
export async function readJournal(path: string): Promise<JournalRead> {
  const entries: JournalEntry[] = [];
  let chain = START;
  let line = 0;
  let bytes = 0;
  let torn: string | null = null;
  for await (const text of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
    line += 1;
    // Only the last line may be cut off; a bad one with others behind it is damage.
    if (torn !== null) throw new InputError(`${path}:${line - 1}: ${torn}; the journal was damaged, run the backtest again`);
    const match = CHAIN.exec(text);
    if (match === null) {
      torn = 'no journal line';
      continue;
    }
    const body = `${match[1]}}`;
    const expected = chained(chain, body);
    if (expected !== match[2])
      throw new InputError(`${path}:${line}: the chain is broken, the line or one before it was changed; run the backtest again`);
    chain = expected;
    entries.push(parsed(path, line, body));
    bytes += Buffer.byteLength(text) + 1;
  }
  return { entries, chain, bytes, isTorn: torn !== null };
}

function parsed(path: string, line: number, body: string): JournalEntry {
  try {
    return entryFromLine(body);
  } catch (error) {
    throw new InputError(`${path}:${line}: ${(error as Error).message}; the journal was not written by this version`, { cause: error });
  }
}
