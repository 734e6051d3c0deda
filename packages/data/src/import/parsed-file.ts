import type { Rows } from '../dataset/rows.ts';

/** Rows of one file, in rising time, and where each of them stood. */
export interface ParsedFile {
  readonly rows: Rows;
  readonly place: (row: number) => string;
}

/** Turns a row back into its line: rows that repeated the one before were dropped, so they shift the count. */
export function placeIn(file: string, firstLine: number, dropped: readonly number[]): (row: number) => string {
  return (row) => {
    let line = firstLine + row;
    for (const at of dropped) if (at <= row) line++;
    return `${file}:${line}`;
  };
}
