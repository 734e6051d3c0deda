import { HOURS, RATE, type Rows } from '../dataset/rows.ts';
import { roundToMinute } from '../dataset/time.ts';
import { isoTime } from '../dataset/time.ts';
import { InputError } from '../input-error.ts';

/** Funding rates of one instrument, oldest first. */
export interface FundingSeries {
  /** Funding instants, ms UTC, without the venue's jitter: whole minutes. */
  readonly times: Float64Array;
  /** Rates in units of 1e-8 (0.01 % is 10,000); positive is paid by longs. */
  readonly ratesE8: Float64Array;
  /** Hours between fundings as the venue stated them for each row. */
  readonly intervalHours: Float64Array;
}

/**
 * @throws InputError when two rows mean the same minute, which would charge funding twice.
 */
export function createFundingSeries(symbol: string, rows: Rows): FundingSeries {
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
