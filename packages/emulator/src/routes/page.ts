/** The first rows where a beginning was named, else the last. */
export function page<T>(rows: readonly T[], limit: number, from: number | undefined): readonly T[] {
  return from === undefined ? rows.slice(-limit) : rows.slice(0, limit);
}
/** Whether a time lies in [start, end]; a side that is left out is open. */
export function isWithin(time: number, start: number | undefined, end: number | undefined): boolean {
  return time >= (start ?? -Infinity) && time <= (end ?? Infinity);
}
