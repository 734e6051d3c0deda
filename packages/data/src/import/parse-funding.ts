import { createRows, FUNDING, HOURS, RATE } from '../dataset/rows.ts';
import { isoTime, roundToMinute } from '../dataset/time.ts';
import { InputError } from '../input-error.ts';
import { CsvCursor, type CsvColumn } from './csv-cursor.ts';
import { normaliseStamp, outOfOrder } from './parse-stamp.ts';
import type { ParsedFile } from './parsed-file.ts';

const EXPECTED = '3 of a funding file (calc_time,funding_interval_hours,last_funding_rate)';
const MEND = 'correct the line or fetch the file again';
const CALC_TIME: CsvColumn = { name: 'calc_time', signed: false };
const INTERVAL_HOURS: CsvColumn = { name: 'funding_interval_hours', signed: false };
const LAST_RATE: CsvColumn = { name: 'last_funding_rate', signed: true };
/** The venue caps a rate at 4 %; one beyond this is another column or unit. */
const LARGEST_RATE = 0.5;

/**
 * Parses funding rates in the layout of Binance's archive, with or without its header line.
 * @throws InputError naming file:line, column, value and mend for the first thing that is wrong.
 */
export function parseFunding(file: string, bytes: Uint8Array): ParsedFile {
  const cursor = new CsvCursor(file, bytes);
  cursor.skipHeader();
  const firstLine = cursor.line;
  const rows = createRows(FUNDING, cursor.countLines());
  const dropped: number[] = [];
  while (!cursor.atEnd()) {
    const at = rows.length;
    cursor.number(CALC_TIME, rows.time, at);
    normaliseStamp(cursor, 'calc_time', rows.time, at);
    cursor.comma(EXPECTED);
    cursor.number(INTERVAL_HOURS, rows.columns[HOURS], at);
    cursor.comma(EXPECTED);
    cursor.number(LAST_RATE, rows.columns[RATE], at);
    const time = rows.time[at];
    const hours = rows.columns[HOURS][at];
    const rate = rows.columns[RATE][at];
    if (!Number.isInteger(hours) || hours < 1 || hours > 24)
      throw cursor.fault(`funding_interval_hours is ${hours}, not between 1 and 24`, MEND);
    if (Math.abs(rate) > LARGEST_RATE) throw cursor.fault(`last_funding_rate is ${rate}; a rate is a fraction such as 0.0001`, MEND);
    const before = at === 0 ? -Infinity : rows.time[at - 1];
    if (time < before) throw outOfOrder(cursor, 'calc_time', time, before);
    if (at > 0 && roundToMinute(time) === roundToMinute(before)) {
      if (rate !== rows.columns[RATE][at - 1]) {
        throw cursor.fault(
          `calc_time ${isoTime(time)} is there twice with last_funding_rate ${rows.columns[RATE][at - 1]} and ${rate}`,
          'delete the wrong line',
        );
      }
      dropped.push(at);
    } else rows.length++;
    cursor.endLine(EXPECTED);
  }
  if (rows.length === 0) throw new InputError(`${file}: holds no funding rates; fetch it again`);
  return { rows, firstLine, dropped };
}
