import { InputError } from '../input-error.ts';
import { concatRows, createRows, lowerBound, QUOTE_VOLUME, VOLUME, type Rows, type RowSchema } from '../dataset/rows.ts';
import { isoTime, roundToMinute } from '../dataset/time.ts';

/** Rows of one file, and how to point at one of them in a message (`file:line`). */
export interface Part {
  readonly rows: Rows;
  readonly place: (row: number) => string;
}

const EQUAL = -1;

/**
 * Joins parts into one strictly rising series, given as stretches that follow each other: parts that do not overlap stay where they
 * are in memory. Rows for the same time must be equal; where one side knows less (no quote volume,
 * count and taker volumes) the fuller row is kept. With `replace` the later part wins.
 * @throws InputError naming both places, the time, the column and both values when two rows for one time differ.
 */
export function mergeParts(schema: RowSchema, parts: readonly Part[], replace: boolean): readonly Rows[] {
  let chunks: Rows[] = [];
  let last = -Infinity;
  for (const [p, part] of parts.entries()) {
    if (part.rows.length === 0) continue;
    if (instant(schema, part.rows.time[0]) > last) {
      chunks.push(part.rows);
    } else {
      const before = concatRows(schema, chunks);
      chunks = [mergeTwo(before, part, replace, (time) => placeOf(schema, parts.slice(0, p), time))];
    }
    const newest = chunks[chunks.length - 1];
    last = instant(schema, newest.time[newest.length - 1]);
  }
  return chunks;
}

function mergeTwo(before: Rows, part: Part, replace: boolean, placeBefore: (time: number) => string): Rows {
  const { schema } = before;
  const added = part.rows;
  const out = createRows(schema, before.length + added.length);
  let a = 0;
  let b = 0;
  while (a < before.length || b < added.length) {
    const timeA = a < before.length ? instant(schema, before.time[a]) : Infinity;
    const timeB = b < added.length ? instant(schema, added.time[b]) : Infinity;
    if (timeA < timeB) copyRow(before, a++, out);
    else if (timeB < timeA) copyRow(added, b++, out);
    else {
      const column = firstDifference(before, a, added, b);
      if (column !== EQUAL && !replace) throw conflict(before, a, part, b, column, placeBefore(timeB));
      copyRow(replace || knowsMore(added, b, before, a) ? added : before, replace || knowsMore(added, b, before, a) ? b : a, out);
      a++;
      b++;
    }
  }
  return out;
}

/** Funding stamps of one instant differ by jitter between sources. */
function instant(schema: RowSchema, time: number): number {
  return schema.id === 'funding' ? roundToMinute(time) : time;
}

/** Column in which two rows of one time contradict each other, or {@link EQUAL}. What one side does not know is no contradiction. */
function firstDifference(a: Rows, ra: number, b: Rows, rb: number): number {
  const known = isPartial(a, ra) || isPartial(b, rb) ? QUOTE_VOLUME : a.columns.length;
  for (let c = 0; c < known; c++) if (a.columns[c][ra] !== b.columns[c][rb]) return c;
  return EQUAL;
}

/** A traded candle without quote volume comes from a source that has six columns only. */
function isPartial(rows: Rows, row: number): boolean {
  return rows.schema.id === 'klines' && rows.columns[VOLUME][row] > 0 && rows.columns[QUOTE_VOLUME][row] === 0;
}

/** The later of two funding stamps is the venue's own; a rounded one lost its jitter. */
function knowsMore(a: Rows, ra: number, b: Rows, rb: number): boolean {
  if (a.schema.id === 'funding') return a.time[ra] > b.time[rb];
  return isPartial(b, rb) && !isPartial(a, ra);
}

function copyRow(from: Rows, row: number, to: Rows): void {
  const at = to.length++;
  to.time[at] = from.time[row];
  for (let c = 0; c < to.columns.length; c++) to.columns[c][at] = from.columns[c][row];
}

function placeOf(schema: RowSchema, parts: readonly Part[], time: number): string {
  for (const { rows, place } of parts) {
    // Funding stamps may lie up to half a minute before the instant that they mean.
    for (let r = lowerBound(rows, time - 30_000); r < rows.length && rows.time[r] <= time + 30_000; r++) {
      if (instant(schema, rows.time[r]) === time) return place(r);
    }
  }
  return 'an earlier row';
}

function conflict(before: Rows, a: number, part: Part, b: number, column: number, earlier: string): InputError {
  const name = before.schema.columns[column].name;
  const [mine, theirs] = [part.rows.columns[column][b], before.columns[column][a]];
  return new InputError(
    `${part.place(b)}: ${name} of ${isoTime(part.rows.time[b])} is ${mine}, but ${earlier} has ${theirs}; find out which is right, then import it with --replace`,
  );
}
