import type { FundingSeries } from '@orrery/core';
import { HOURS, RATE, type Rows } from '../dataset/rows.ts';
import { roundToMinute } from '../dataset/time.ts';
import { isoTime } from '../dataset/time.ts';
import { InputError } from '../input-error.ts';

/** An instrument's funding as it is stored: times are whole minutes, without the venue's jitter. */
export interface StoredFunding extends FundingSeries {
  /** Hours between fundings as the venue stated them for each row. */
  readonly intervalHours: Float64Array;
}

/**
 * @throws InputError when two rows mean the same minute, which would charge funding twice.
 */
export function createFundingSeries(symbol: string, rows: Rows): StoredFunding {
  const times = new Float64Array(rows.length);
  const ratesE8 = new Float64Array(rows.length);
  for (let r = 0; r < rows.length; r++) {
    times[r] = roundToMinute(rows.time[r]);
    ratesE8[r] = Math.round(rows.columns[RATE][r] * 1e8);
    if (r > 0 && times[r] <= times[r - 1]) {
      throw new InputError(`${symbol}/fundingRate: two rates for ${isoTime(times[r])}; delete the dataset's folder and import it again`);
    }
  }
  return { times, ratesE8, intervalHours: rows.columns[HOURS].subarray(0, rows.length) };
}
