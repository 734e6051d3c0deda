import { extname } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, type ZlibOptions } from 'node:zlib';
import { InputError } from '../input-error.ts';
import { damaged, MOST_BYTES } from './damaged.ts';

/** How gzip files are unpacked: beside the calling thread, or in it. */
export type Gunzip = (bytes: Uint8Array, options: ZlibOptions) => Uint8Array | Promise<Uint8Array>;

const gunzipBeside: Gunzip = promisify<Uint8Array, ZlibOptions, Uint8Array>(gunzip);

/**
 * CSV bytes of a .csv, .csv.gz or .zip file, told apart by their first bytes. Decompression runs beside the calling thread unless told otherwise.
 * @throws InputError when the file is empty, cut short or damaged.
 */
export async function unpack(path: string, bytes: Uint8Array, gunzip: Gunzip = gunzipBeside): Promise<Uint8Array> {
  if (bytes.length === 0) throw new InputError(`${path}: is empty; fetch it again`);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return inflate(path, bytes, gunzip);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    // Only when there is a zip: the reader of zips is slow to load.
    const { unzip } = await import('./unzip.ts');
    return unzip(path, bytes);
  }
  const ending = extname(path).toLowerCase();
  if (ending === '.gz' || ending === '.zip') {
    throw new InputError(
      `${path}: its first bytes are not those of a ${ending} file; fetch it again, or rename it to .csv if it is plain text`,
    );
  }
  return bytes;
}

async function inflate(path: string, bytes: Uint8Array, gunzip: Gunzip): Promise<Uint8Array> {
  try {
    return await gunzip(bytes, { maxOutputLength: MOST_BYTES, chunkSize: unpackedSize(bytes) });
  } catch (cause) {
    throw damaged(path, cause);
  }
}

/** Size that the file's last four bytes state, within limits: room for one pass instead of hundreds of small ones. */
function unpackedSize(bytes: Uint8Array): number {
  const stated = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(Math.max(0, bytes.length - 4), true);
  return Math.min(Math.max(stated + 1, 2 ** 16), 2 ** 26, bytes.length * 32 + 2 ** 16);
}
