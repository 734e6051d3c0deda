import { ChainedFileWriter, readChained, type ChainedRead, type ChainEnd } from '@orrery/data/journal';
import { frameFromLine, frameToLine, type FrameRecord } from './frame-record.ts';
import { LIVE_MEND } from './live-folder.ts';

/** Writes `frames.jsonl`, chained like the journal. */
export class FrameFileWriter {
  readonly #lines: ChainedFileWriter;

  /** @param resume the file is there: what is written goes behind its last whole line; a torn one is cut off first */
  constructor(path: string, resume?: ChainEnd) {
    this.#lines = new ChainedFileWriter(path, resume);
  }
  append(frame: FrameRecord): void {
    this.#lines.append(frameToLine(frame));
  }
  /** Makes everything durable that was appended: before it is decided on. */
  flush(): void {
    this.#lines.flush();
  }
  close(): void {
    this.#lines.close();
  }
  /** Gives the file up as it is. */
  abandon(): void {
    this.#lines.abandon();
  }
}

/** @throws InputError naming file and line when the chain is broken or a line is no frame; a torn last line is left out */
export function readFrames(path: string): Promise<ChainedRead<FrameRecord>> {
  return readChained(path, frameFromLine, LIVE_MEND);
}
