/** The UTC day of an instant in ms, as `2025-05-01`. */
export function dayText(ts: number): string {
  return new Date(ts).toISOString().slice(0, 10);
}
