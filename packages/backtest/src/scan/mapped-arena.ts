import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { ColumnAllocator } from '@orrery/core';
import { InputError } from '@orrery/data';
import koffi from 'koffi';

const PROT_READ = 1;
const PROT_WRITE = 2;
const MAP_SHARED = 1;
/** The pages stay in the file and leave the process; the next access brings them back (madvise(2), shared file mappings). */
const MADV_DONTNEED = 4;
/** Columns begin at a page each, so that none is let go of with half of another. */
const PAGE = 4096;
/** Address space that one mapping takes; the file has holes where nothing was written. */
const CHUNK = 1 << 28;

interface LibC {
  readonly map: (address: null, length: number, protection: number, flags: number, file: number, offset: number) => unknown;
  readonly advise: (address: unknown, length: number, advice: number) => number;
}
interface Mapping {
  readonly address: unknown;
  readonly buffer: ArrayBuffer;
  readonly length: number;
}

/**
 * Memory for columns in a file that has no name any more: it is as large as the disk allows, and what is not being looked at
 * need not be in memory. It is gone with the process, however that ends.
 */
export class MappedArena {
  readonly #libc: LibC;
  readonly #file: number;
  readonly #mappings: Mapping[] = [];
  #size = 0;
  #used = 0;

  /** @throws InputError where the system cannot map files for this program */
  constructor() {
    this.#libc = openLibC();
    const folder = mkdtempSync(path.join(tmpdir(), 'orrery-'));
    this.#file = openSync(path.join(folder, 'columns'), 'w+', 0o600);
    rmSync(folder, { recursive: true });
  }

  /** A column of zeros in the file. */
  readonly allocate: ColumnAllocator = (length) => {
    const bytes = Math.ceil((length * Float64Array.BYTES_PER_ELEMENT) / PAGE) * PAGE;
    if (bytes === 0) return new Float64Array(0);
    let last = this.#mappings.at(-1);
    if (last === undefined || this.#used + bytes > last.length) last = this.#map(Math.max(CHUNK, bytes));
    const column = new Float64Array(last.buffer, this.#used, length);
    this.#used += bytes;
    return column;
  };

  /** Lets go of everything that is in memory now; what is looked at again comes back from the file. */
  release(): void {
    for (const { address, length } of this.#mappings) this.#libc.advise(address, length, MADV_DONTNEED);
  }

  /** Bytes that columns were given, whole pages each. */
  get bytes(): number {
    return this.#mappings.slice(0, -1).reduce((sum, { length }) => sum + length, 0) + this.#used;
  }

  #map(length: number): Mapping {
    const offset = this.#size;
    this.#size += length;
    ftruncateSync(this.#file, this.#size);
    const address = this.#libc.map(null, length, PROT_READ | PROT_WRITE, MAP_SHARED, this.#file, offset);
    if (koffi.address(address) === MAP_FAILED) throw new Error(`the system maps no ${length} bytes more; free disk or address space`);
    const mapping: Mapping = { address, buffer: koffi.view(address, length), length };
    this.#mappings.push(mapping);
    this.#used = 0;
    return mapping;
  }

  /** Ends the file. The columns must not be used any more: those mappings stay until the process ends. */
  close(): void {
    closeSync(this.#file);
  }
}

const MAP_FAILED = 0xffff_ffff_ffff_ffffn;

function openLibC(): LibC {
  if (process.platform !== 'linux')
    throw new InputError(`memory-mapped storage is not there on ${process.platform}: turn enable-memory-mapped-storage off`);
  try {
    const libc = koffi.load('libc.so.6');
    return {
      map: libc.func('void *mmap(void *address, size_t length, int protection, int flags, int file, int64_t offset)') as LibC['map'],
      advise: libc.func('int madvise(void *address, size_t length, int advice)') as LibC['advise'],
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `memory-mapped storage needs the C library, which cannot be opened (${reason}): turn enable-memory-mapped-storage off`,
      {
        cause: error,
      },
    );
  }
}
