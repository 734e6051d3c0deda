import { createHash } from 'node:crypto';
import { createReadStream, closeSync, fdatasyncSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { InputError } from '../input-error.ts';

const START = '0'.repeat(16);
const FLUSH_BYTES = 1 << 20;
const MEND = 'run the backtest again';

/** Hash of a line chained to the one before: 64 bits of SHA-256 over the former chain value and the line's text. */
function chained(previous: string, text: string): string {
  return createHash('sha256').update(previous).update(text).digest('hex').slice(0, 16);
}

/** Where a chained file ends, so that writing can go on there. */
export interface ChainEnd {
  readonly chain: string;
  /** Length of the whole lines. */
  readonly bytes: number;
}

/** Writes a file of JSON objects, one a line, each ending in its chain value, so that a cut or changed line shows. */
export class ChainedFileWriter {
  #file: number | null;
  #pending: string[] = [];
  #bytes = 0;
  /** Where the file ends, in bytes. */
  #end: number;
  #chain: string;
  /** Whether all that was written is on the disk, too. */
  #isDurable = true;

  /** @param resume the file is there: what is written goes behind its last whole line; a torn one is cut off first */
  constructor(path: string, resume?: ChainEnd) {
    this.#file = openSync(path, resume === undefined ? 'wx' : 'r+');
    this.#chain = resume?.chain ?? START;
    this.#end = resume?.bytes ?? 0;
    if (resume === undefined) return;
    ftruncateSync(this.#file, resume.bytes);
    // A last line may be whole but for its end.
    if (this.#end > 0) writeSync(this.#file, '\n', this.#end - 1);
  }
  /** @param text a JSON object with at least one field, and none called `chain` */
  append(text: string): void {
    this.#chain = chained(this.#chain, text);
    const line = `${text.slice(0, -1)},"chain":"${this.#chain}"}\n`;
    this.#pending.push(line);
    this.#bytes += line.length;
    if (this.#bytes >= FLUSH_BYTES) this.#write();
  }
  /** Makes everything durable that was appended so far. */
  flush(): void {
    if (this.#pending.length > 0) this.#write();
    // A long line may have been written when it was appended.
    if (this.#isDurable || this.#file === null) return;
    fdatasyncSync(this.#file);
    this.#isDurable = true;
  }
  /** Makes everything durable. Returns the last chain value. */
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
    this.#isDurable = false;
    this.#pending = [];
    this.#bytes = 0;
  }
}

const CHAIN = /^(.*),"chain":"([0-9a-f]{16})"\}$/;

/** What a chained file turned out to hold. */
export interface ChainedRead<T> extends ChainEnd {
  readonly entries: readonly T[];
  /** True when the last line was cut off in the middle; it is left out. */
  readonly isTorn: boolean;
}

/**
 * Reads a chained file back, checking each line against the chain.
 * @param parse a line's value from its text without the chain; what it throws is shown with file and line
 * @throws InputError naming file and line when a line was changed, is missing or cannot be parsed
 */
export async function readChained<T>(path: string, parse: (text: string) => T, mend: string = MEND): Promise<ChainedRead<T>> {
  const entries: T[] = [];
  let chain = START;
  let line = 0;
  let bytes = 0;
  let isTorn = false;
  for await (const text of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
    line += 1;
    // Only the last line may be cut off; a bad one with others behind it is damage.
    if (isTorn) throw new InputError(`${path}:${line - 1}: no journal line; the journal was damaged, ${mend}`);
    const match = CHAIN.exec(text);
    if (match === null) {
      isTorn = true;
      continue;
    }
    const body = `${match[1]}}`;
    const expected = chained(chain, body);
    if (expected !== match[2]) {
      throw new InputError(`${path}:${line}: the chain is broken, the line or one before it was changed; ${mend}`);
    }
    chain = expected;
    entries.push(parsed(path, line, body, parse));
    bytes += Buffer.byteLength(text) + 1;
  }
  return { entries, chain, bytes, isTorn };
}

function parsed<T>(path: string, line: number, body: string, parse: (text: string) => T): T {
  try {
    return parse(body);
  } catch (error) {
    throw new InputError(`${path}:${line}: ${(error as Error).message}; the journal was not written by this version`, { cause: error });
  }
}
