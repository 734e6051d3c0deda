import type { Rows } from '../dataset/rows.ts';

/** Rows of one file, in rising time, and what is needed to find their lines again. */
export interface ParsedFile {
  readonly rows: Rows;
  /** Line of the first row, from 1; null where rows are made of several lines. */
  readonly firstLine: number | null;
  /** Rows before which a line was left out because it repeated the row before. */
  readonly dropped: readonly number[];
}

/** Turns a row back into its line: rows that repeated the one before were dropped, so they shift the count. */
export function placeIn(file: string, { firstLine, dropped }: ParsedFile): (row: number) => string {
  if (firstLine === null) return () => file;
  return (row) => {
    let line = firstLine + row;
    for (const at of dropped) if (at <= row) line++;
    return `${file}:${line}`;
  };
}
