import { existsSync } from 'node:fs';
import { readRunFile, textSchema, timeSchema } from '@orrery/data/run';
import { z } from 'zod';
import { LIVE_MEND, type LiveFiles } from './live-folder.ts';
import { writeDurably } from './write-file.ts';

/** A stretch in which the run opened nothing. Times are close times of the frames last decided, ms UTC. */
export interface Halt {
  readonly kind: string;
  /** One line for a person. */
  readonly message: string;
  /** Orders of later frames are not let through. */
  readonly after: number;
  /** Last frame that it held for; null while it holds. */
  readonly until: number | null;
}

const haltsSchema: z.ZodType<readonly Halt[]> = z.array(
  z.object({ kind: textSchema, message: textSchema, after: timeSchema, until: timeSchema.nullable() }),
);

/**
 * Why entries are halted. Kept on disk, because a halt outlives the process: only a person lifts it.
 */
export class HaltList {
  readonly #files: LiveFiles;
  #halts: readonly Halt[];

  /** @throws InputError when `halts.json` is damaged */
  constructor(files: LiveFiles) {
    this.#files = files;
    this.#halts = existsSync(files.halts) ? readRunFile(files.halts, haltsSchema, LIVE_MEND) : [];
  }
  /** The halt that holds, or null. */
  get current(): Halt | null {
    return this.#halts.find(({ until }) => until === null) ?? null;
  }
  /** Whether an order that was decided at this close time may open a position. */
  isHalted(close: number): boolean {
    return this.#halts.some(({ after, until }) => close > after && close <= (until ?? Infinity));
  }
  /** Halts entries. A halt that holds already stays the one that is told. */
  halt(kind: string, message: string, after: number): void {
    if (this.current === null) this.#write([...this.#halts, { kind, message, after, until: null }]);
  }
  /** Lets entries through again after the frame of this close time. */
  lift(until: number): void {
    this.#write(this.#halts.map((halt) => (halt.until === null ? { ...halt, until: Math.max(until, halt.after) } : halt)));
  }
  #write(halts: readonly Halt[]): void {
    this.#halts = halts;
    writeDurably(this.#files.halts, `${JSON.stringify(halts, null, 1)}\n`);
  }
}
