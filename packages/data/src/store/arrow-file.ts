import {
  Float64,
  Int32,
  makeData,
  makeVector,
  RecordBatchFileWriter,
  Table,
  tableFromIPC,
  TimestampMillisecond,
  type Vector,
} from 'apache-arrow';
import { InputError } from '../input-error.ts';
import type { Rows, RowSchema } from '../dataset/rows.ts';

const WORD = 2 ** 32;

/**
 * The rows as an uncompressed Arrow IPC file with one record batch, in pieces to be written one after another. The same rows give the
 * same bytes. Pieces share memory with the rows: joining them would copy every column once more.
 */
export async function encodeArrow(rows: Rows): Promise<Uint8Array[]> {
  const vectors: Record<string, Vector> = {};
  const time = toInt64(rows.time, rows.length);
  vectors[rows.schema.time] = makeVector(makeData({ type: new TimestampMillisecond(), length: rows.length, nullCount: 0, data: time }));
  rows.schema.columns.forEach(({ name, whole }, c) => {
    const values = rows.columns[c].subarray(0, rows.length);
    vectors[name] = whole
      ? makeVector(makeData({ type: new Int32(), length: rows.length, nullCount: 0, data: new Int32Array(values) }))
      : makeVector(makeData({ type: new Float64(), length: rows.length, nullCount: 0, data: values }));
  });
  const writer = RecordBatchFileWriter.writeAll(new Table(vectors));
  const pieces: Uint8Array[] = [];
  for await (const piece of writer) pieces.push(piece);
  return pieces;
}

/**
 * Rows of an Arrow IPC file; float columns share the bytes' memory.
 * @throws InputError when the bytes are no such file, or its columns are not those of the schema.
 */
export function decodeArrow(bytes: Uint8Array, schema: RowSchema, file: string): Rows {
  const table = readTable(bytes, file);
  const time = column(table, schema.time, file);
  const columns = schema.columns.map(({ name, whole }) => {
    const values: unknown = column(table, name, file).toArray();
    if (whole ? !(values instanceof Int32Array) : !(values instanceof Float64Array)) throw notOurs(file, `column ${name} has another type`);
    return values instanceof Float64Array ? values : Float64Array.from(values as Int32Array);
  });
  const stamps: unknown = time.toArray();
  if (!(stamps instanceof BigInt64Array)) throw notOurs(file, `column ${schema.time} is no 64-bit timestamp`);
  return { schema, length: table.numRows, time: fromInt64(stamps), columns };
}

function readTable(bytes: Uint8Array, file: string): Table {
  try {
    return tableFromIPC(bytes);
  } catch (cause) {
    throw notOurs(file, cause instanceof Error ? cause.message : String(cause));
  }
}

function column(table: Table, name: string, file: string): Vector {
  const vector = table.getChild(name);
  if (vector === null) throw notOurs(file, `column ${name} is missing`);
  if (vector.nullCount > 0) throw notOurs(file, `column ${name} has empty cells`);
  return vector;
}

function notOurs(file: string, why: string): InputError {
  return new InputError(`${file}: cannot be read as a stored Arrow file (${why}); delete its dataset folder and import it again`);
}

/** BigInt64Array without a BigInt per row: low and high words, little endian as Arrow is. */
export function toInt64(values: Float64Array, length: number): BigInt64Array {
  const words = new Int32Array(length * 2);
  for (let r = 0; r < length; r++) {
    const high = Math.floor(values[r] / WORD);
    words[2 * r] = values[r] - high * WORD;
    words[2 * r + 1] = high;
  }
  return new BigInt64Array(words.buffer);
}

function fromInt64(values: BigInt64Array): Float64Array {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  const out = new Float64Array(values.length);
  for (let r = 0; r < out.length; r++) out[r] = words[2 * r + 1] * WORD + (words[2 * r] >>> 0);
  return out;
}
