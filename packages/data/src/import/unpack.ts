import { extname } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { InputError } from '../input-error.ts';
import { damaged, MOST_BYTES } from './damaged.ts';
import { unzip } from './unzip.ts';

const gunzipAsync = promisify(gunzip);

/**
 * CSV bytes of a .csv, .csv.gz or .zip file, told apart by their first bytes. Decompression runs beside the main thread.
 * @throws InputError when the file is empty, cut short or damaged.
 */
export async function unpack(path: string, bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes.length === 0) throw new InputError(`${path}: is empty; fetch it again`);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return inflate(path, bytes);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return unzip(path, bytes);
  const ending = extname(path).toLowerCase();
  if (ending === '.gz' || ending === '.zip') {
    throw new InputError(
      `${path}: its first bytes are not those of a ${ending} file; fetch it again, or rename it to .csv if it is plain text`,
    );
  }
  return bytes;
}

async function inflate(path: string, bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await gunzipAsync(bytes, { maxOutputLength: MOST_BYTES, chunkSize: unpackedSize(bytes) });
  } catch (cause) {
    throw damaged(path, cause);
  }
}

/** Size that the file's last four bytes state, within limits: room for one pass instead of hundreds of small ones. */
function unpackedSize(bytes: Uint8Array): number {
  const stated = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(Math.max(0, bytes.length - 4), true);
  return Math.min(Math.max(stated + 1, 2 ** 16), 2 ** 26, bytes.length * 32 + 2 ** 16);
}
