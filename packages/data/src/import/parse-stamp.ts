import { isoTime } from '../dataset/time.ts';
import type { CsvCursor } from './csv-cursor.ts';

/** 2017-07-14, before the venue existed. */
const EARLIEST = 1.5e12;
/** 2096-10-02. */
export const LATEST = 4e12;
/** Above this a stamp is in microseconds: as milliseconds it would lie after the year 5138. */
const MICROSECONDS = 1e14;

/** Brings the stamp in `out[row]` to milliseconds, from milliseconds or microseconds. */
export function normaliseStamp(cursor: CsvCursor, name: string, out: Float64Array, row: number): void {
  const stamp = out[row];
  const time = stamp > MICROSECONDS ? Math.floor(stamp / 1000) : stamp;
  if (!(time >= EARLIEST && time <= LATEST) || !Number.isInteger(stamp)) {
    throw cursor.fault(
      `${name} is ${stamp}, which is no time in milliseconds or microseconds since 1970`,
      'convert the stamps to milliseconds',
    );
  }
  out[row] = time;
}

/** The complaint about a time that is not after the one before. */
export function outOfOrder(cursor: CsvCursor, name: string, time: number, before: number): Error {
  return cursor.fault(`${name} ${isoTime(time)} follows ${isoTime(before)}, so the rows are out of order`, 'sort the file by time');
}
