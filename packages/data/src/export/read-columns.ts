import { readFileSync } from 'node:fs';
import { tableFromIPC, type Table } from 'apache-arrow';
import { InputError } from '../input-error.ts';

/**
 * The columns of an Arrow file that `writeColumns` wrote, in its order.
 * @throws InputError when the file is missing, is no Arrow file, or holds anything but float64
 */
export function readColumns(file: string): readonly Float64Array[] {
  const table = readTable(file);
  return table.schema.names.map((name) => {
    const values: unknown = table.getChild(name)?.toArray();
    if (!(values instanceof Float64Array)) throw new InputError(`${file}: column ${String(name)} is not float64; run the backtest again`);
    return values;
  });
}

function readTable(file: string): Table {
  try {
    return tableFromIPC(readFileSync(file));
  } catch (cause) {
    throw new InputError(`${file}: cannot be read (${cause instanceof Error ? cause.message : String(cause)}); run the backtest again`, {
      cause,
    });
  }
}
