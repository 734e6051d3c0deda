/** One instrument's funding: times ascending, ms UTC, and rates in 1e-8. Positive rates are paid by longs. */
export interface FundingSeries {
  readonly times: Float64Array;
  readonly ratesE8: Float64Array;
  /** Mark prices that the venue charged at, quote asset; NaN where it did not say. Absent: it never did. */
  readonly marks?: Float64Array;
}

/** For an instrument without funding data. */
export const NO_FUNDING: FundingSeries = { times: new Float64Array(0), ratesE8: new Float64Array(0) };
