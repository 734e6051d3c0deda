import { createHash, type Hash } from 'node:crypto';
import { endianness } from 'node:os';
import { BinaryEncoder, type Message, type Recorder } from '@orrery/core';

/** Takes the SHA-256 of the journal's canonical bytes while the run goes on (JRN-2). */
export class DigestRecorder implements Recorder {
  entries = 0;
  readonly #hash: Hash = createHash('sha256');
  readonly #encoder: BinaryEncoder;

  constructor() {
    if (endianness() !== 'LE') throw new Error('the canonical bytes are little-endian, this machine is not; run on x86 or ARM');
    this.#encoder = new BinaryEncoder((words) => {
      this.#hash.update(new Uint8Array(words.buffer, words.byteOffset, words.byteLength));
    });
  }
  record(seq: number, pos: number, lane: 'in' | 'out', message: Message): void {
    this.entries = seq;
    this.#encoder.record(seq, pos, lane, message);
  }
  /** The digest in hex. Call once, at the end. */
  digest(): string {
    this.#encoder.flush();
    return this.#hash.digest('hex');
  }
}
