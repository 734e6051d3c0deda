import { crc32 } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { InputError } from '../input-error.ts';
import { damaged, MOST_BYTES } from './damaged.ts';

/**
 * The one CSV file of a zip, its checksum compared.
 * @throws InputError when the zip is cut short or damaged, or does not hold exactly one CSV file.
 */
export async function unzip(path: string, bytes: Uint8Array): Promise<Uint8Array> {
  let content: { readonly names: string[]; readonly csv: Uint8Array | null };
  try {
    content = await readEntries(await openZip(bytes));
  } catch (cause) {
    throw damaged(path, cause);
  }
  if (content.csv === null) {
    throw new InputError(
      `${path}: must hold exactly one .csv file, but holds ${content.names.join(', ') || 'nothing'}; unpack it and import the files`,
    );
  }
  return content.csv;
}

function openZip(bytes: Uint8Array): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    yauzl.fromBuffer(whole, { lazyEntries: true }, (error, zip) => (error === null ? resolve(zip) : reject(error)));
  });
}

async function readEntries(zip: ZipFile): Promise<{ names: string[]; csv: Uint8Array | null }> {
  const names: string[] = [];
  let csv: Uint8Array | null = null;
  for (let entry = await nextEntry(zip); entry !== null; entry = await nextEntry(zip)) {
    if (entry.fileName.endsWith('/')) continue;
    names.push(entry.fileName);
    if (entry.fileName.toLowerCase().endsWith('.csv') && csv === null) csv = await readEntry(zip, entry);
  }
  return { names, csv: names.length === 1 ? csv : null };
}

function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      zip.removeListener('entry', onEntry);
      zip.removeListener('end', onEnd);
      zip.removeListener('error', onError);
    };
    const onEntry = (entry: Entry): void => (done(), resolve(entry));
    const onEnd = (): void => (done(), resolve(null));
    const onError = (cause: Error): void => (done(), reject(cause));
    zip.once('entry', onEntry).once('end', onEnd).once('error', onError);
    zip.readEntry();
  });
}

async function readEntry(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  if (entry.uncompressedSize > MOST_BYTES) throw new Error(`${entry.fileName} unpacks to ${entry.uncompressedSize} bytes`);
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error === null ? resolve(opened) : reject(error)));
  });
  const bytes = await buffer(stream);
  if (crc32(bytes) !== entry.crc32) throw new Error(`checksum of ${entry.fileName} does not match`);
  return bytes;
}
