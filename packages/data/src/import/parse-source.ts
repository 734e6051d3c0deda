import { readFile } from 'node:fs/promises';
import { InputError } from '../input-error.ts';
import { isMissing } from '../store/is-missing.ts';
import { sha256 } from '../store/sha256.ts';
import { parseFunding } from './parse-funding.ts';
import { parseKlines } from './parse-klines.ts';
import { parseTrades } from './parse-trades.ts';
import type { SourceLayout } from './source-layout.ts';
import type { ParsedFile } from './parsed-file.ts';
import { unpack, type Gunzip } from './unpack.ts';

/** A file and how it is laid out. */
export interface ParseJob {
  readonly file: string;
  readonly layout: SourceLayout;
}
/** The rows of a file, and the hash of the file as it lies on disk. */
export interface ParsedSource extends ParsedFile {
  readonly sha256: string;
}

/**
 * Reads, unpacks and parses one file.
 * @throws InputError when it is not there, damaged, or holds something that cannot be used.
 */
export async function parseSource({ file, layout }: ParseJob, gunzip?: Gunzip): Promise<ParsedSource> {
  const packed = await readPacked(file);
  const bytes = await unpack(file, packed, gunzip);
  return { ...parseRows(file, bytes, layout), sha256: sha256(packed) };
}

/** Parses CSV bytes of a layout. */
export function parseRows(file: string, bytes: Uint8Array, layout: SourceLayout): ParsedFile {
  switch (layout.kind) {
    case 'candles':
      return parseKlines(file, bytes, layout.span);
    case 'funding':
      return parseFunding(file, bytes);
    case 'trades':
      return parseTrades(file, bytes);
    default:
      return layout satisfies never;
  }
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
