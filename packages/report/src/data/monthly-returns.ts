/** Returns of one calendar year (UTC). */
export interface YearReturns {
  readonly year: number;
  /** January to December; null where the run has no day. */
  readonly months: readonly (number | null)[];
  readonly total: number | null;
}

/**
 * Returns by calendar month, each against the last day end before it; the first counts from the start equity. The first and the last
 * month may be partial.
 * @param time last frame of each day, ms UTC, ascending
 * @param equity in the unit of `start`
 */
export function monthlyReturns(time: readonly number[], equity: readonly number[], start: number): readonly YearReturns[] {
  const years: { year: number; months: (number | null)[]; total: number | null; base: number }[] = [];
  let monthBase = start;
  let previous = start;
  let previousMonth = -1;
  for (const [i, at] of time.entries()) {
    const date = new Date(at);
    const month = date.getUTCMonth();
    let last = years.at(-1);
    if (last === undefined || last.year !== date.getUTCFullYear()) {
      last = { year: date.getUTCFullYear(), months: Array.from({ length: 12 }, () => null), total: null, base: previous };
      years.push(last);
      previousMonth = -1;
    }
    if (month !== previousMonth) monthBase = previous;
    const value = equity[i] ?? previous;
    last.months[month] = change(monthBase, value);
    last.total = change(last.base, value);
    previous = value;
    previousMonth = month;
  }
  return years.map(({ year, months, total }) => ({ year, months, total }));
}

function change(from: number, to: number): number | null {
  return from > 0 ? to / from - 1 : null;
}
