import { InputError, shown } from '../input-error.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `2025-01` for any instant of January 2025, UTC. */
export function monthOf(time: number): string {
  return new Date(time).toISOString().slice(0, 7);
}

/** `2025-01-31` for any instant of that day, UTC. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** First instant of the month after the one that `time` lies in, ms UTC. */
export function nextMonth(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/** Instant for messages: `2025-01-14T13:30:00Z`; milliseconds only where there are any. */
export function isoTime(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** Funding is stamped some milliseconds late; the minute is the instant that was meant. */
export function roundToMinute(time: number): number {
  return Math.round(time / MINUTE) * MINUTE;
}

/** A half-open range of instants, ms UTC. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Reads the two ends of a range as people write them: `2025`, `2025-01`, `2025-01-31`, an ISO instant, or milliseconds.
 * A year, month or day as the end is meant to its last instant, so `2025-01` to `2025-01` is the whole of January.
 * @throws InputError when a text is no time, or the range holds nothing.
 */
export function parseTimeRange(from: string, to: string): TimeRange {
  const range = { from: parsePeriod('from', from).start, to: parsePeriod('to', to).end };
  if (range.from >= range.to) throw new InputError(`from ${from} lies after to ${to}; swap them`);
  return range;
}

/** Start of a period and the instant after its end; an instant starts and ends at itself. */
export function parsePeriod(field: string, text: string): { readonly start: number; readonly end: number } {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (match === null) {
    const instant = /^\d{12,13}$/.test(text) ? Number(text) : isoInstant(text);
    if (!Number.isFinite(instant)) throw notATime(field, text);
    return { start: instant, end: instant };
  }
  const [, year = '', month, day] = match;
  const start = Date.parse(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`);
  if (!Number.isFinite(start) || (day !== undefined && dayOf(start) !== text)) throw notATime(field, text);
  if (day !== undefined) return { start, end: start + DAY };
  return { start, end: month === undefined ? Date.UTC(Number(year) + 1, 0, 1) : nextMonth(start) };
}

/** Without a zone the text is read as UTC, never as the machine's zone. */
function isoInstant(text: string): number {
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return Number.NaN;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  return Date.parse(zoned.replace(' ', 'T'));
}

function notATime(field: string, text: string): InputError {
  return new InputError(`${field} ${shown(text)} is no time; write 2025, 2025-01, 2025-01-31 or 2025-01-31T12:00Z`);
}
