import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { InputError } from '../input-error.ts';

const ROWS_A_WRITE = 20_000;

/**
 * Writes number columns of equal length as CSV (NaN is empty) or, for a name ending in .arrow, as an Arrow file. A reader sees
 * the whole file or none.
 * @throws InputError when the name ends in neither
 */
export async function writeColumns(file: string, names: readonly string[], columns: readonly Float64Array[]): Promise<void> {
  const isArrow = file.endsWith('.arrow');
  if (!isArrow && !file.endsWith('.csv')) throw new InputError(`${file}: must end in .csv or .arrow`);
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await openNew(temporary, file);
    try {
      if (isArrow)
        await handle.writeFile(tableToIPC(tableFromArrays(Object.fromEntries(names.map((name, c) => [name, columns[c] ?? []]))), 'file'));
      else await writeCsv(handle, names, columns);
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function openNew(temporary: string, file: string): Promise<FileHandle> {
  try {
    return await open(temporary, 'w');
  } catch (error) {
    throw new InputError(
      `${file}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}); name a file in a folder that is there`,
      { cause: error },
    );
  }
}

async function writeCsv(handle: FileHandle, names: readonly string[], columns: readonly Float64Array[]): Promise<void> {
  // Not write(): on a disk that fills up it takes a part, and says so only in what it returns.
  await handle.appendFile(`${names.map(quoted).join(',')}\n`);
  const length = columns[0]?.length ?? 0;
  for (let from = 0; from < length; from += ROWS_A_WRITE) {
    let text = '';
    for (let row = from; row < Math.min(length, from + ROWS_A_WRITE); row++) {
      text += `${columns.map((column) => cell(column[row])).join(',')}\n`;
    }
    await handle.appendFile(text);
  }
}

function cell(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(value);
}
/** Feature texts hold commas. */
function quoted(name: string): string {
  return /[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
