import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Rows } from '../dataset/rows.ts';
import { toInt64 } from '../store/arrow-file.ts';

type Options = Parameters<typeof parquetWriteBuffer>[0];

const ROW_GROUP = 100_000;

/** The rows as a Parquet file (Snappy), columns named as in the store, no cell empty. The same rows give the same bytes. */
export function encodeParquet(rows: Rows): Uint8Array {
  const { schema, length } = rows;
  const elements: NonNullable<Options['schema']> = [
    { name: 'root', num_children: schema.columns.length + 1 },
    { name: schema.time, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'REQUIRED' },
    ...schema.columns.map(({ name, whole }) => ({
      name,
      type: whole ? ('INT32' as const) : ('DOUBLE' as const),
      repetition_type: 'REQUIRED' as const,
    })),
  ];
  const columnData: Options['columnData'] = [
    { name: schema.time, data: toInt64(rows.time, length) },
    ...schema.columns.map(({ name, whole }, c) => {
      const values = rows.columns[c].subarray(0, length);
      return { name, data: whole ? Int32Array.from(values) : values };
    }),
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData, schema: elements, rowGroupSize: ROW_GROUP, createdBy: 'orrery' }));
}
