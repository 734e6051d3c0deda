/** A metric for a table: six significant digits are plenty to read, and JSON holds the rest. */
export function metricText(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

/** A time in ms UTC as `2025-05-01 00:00`. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}
