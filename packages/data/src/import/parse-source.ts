import { readFile } from 'node:fs/promises';
import type { CandleSpan } from '../dataset/candle-span.ts';
import { InputError } from '../input-error.ts';
import { isMissing } from '../store/is-missing.ts';
import { sha256 } from '../store/sha256.ts';
import { parseFunding } from './parse-funding.ts';
import { parseKlines } from './parse-klines.ts';
import type { ParsedFile } from './parsed-file.ts';
import { unpack, type Gunzip } from './unpack.ts';

/** A file and what its rows are: candles of a span, or funding rates (null). */
export interface ParseJob {
  readonly file: string;
  readonly span: CandleSpan | null;
}
/** The rows of a file, and the hash of the file as it lies on disk. */
export interface ParsedSource extends ParsedFile {
  readonly sha256: string;
}

/**
 * Reads, unpacks and parses one file.
 * @throws InputError when it is not there, damaged, or holds something that cannot be used.
 */
export async function parseSource({ file, span }: ParseJob, gunzip?: Gunzip): Promise<ParsedSource> {
  const packed = await readPacked(file);
  const bytes = await unpack(file, packed, gunzip);
  return { ...parseRows(file, bytes, span), sha256: sha256(packed) };
}

/** Parses CSV bytes as candles of a span, or as funding rates (null). */
export function parseRows(file: string, bytes: Uint8Array, span: CandleSpan | null): ParsedFile {
  return span === null ? parseFunding(file, bytes) : parseKlines(file, bytes, span);
}

async function readPacked(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    if (isMissing(cause)) throw new InputError(`${file}: does not exist; check the path`);
    if (cause instanceof Error && 'code' in cause && cause.code === 'EISDIR')
      throw new InputError(`${file}: is a folder; name the files in it`);
    throw cause;
  }
}
