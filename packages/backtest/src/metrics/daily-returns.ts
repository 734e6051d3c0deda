import { dayOf } from './calendar.ts';

/** Equity at the end of each day of the run; `equity[0]` is the start and stands before the first day. */
export interface DailyEquity {
  /** UTC days from the first to the last with a candle, both included: one return each. */
  readonly days: number;
  /** `days + 1` values, sats. */
  readonly equity: readonly number[];
}

/**
 * Lays the day ends on the calendar. A day without a candle keeps the equity of the day before: it had no return, and leaving it out
 * would shorten the year that ratios are annualised by.
 * @throws RangeError when the times do not ascend.
 */
export function dailyEquity(time: readonly number[], values: readonly number[], start: number): DailyEquity {
  const equity: number[] = [start];
  let previous: number | null = null;
  for (const [i, at] of time.entries()) {
    const day = dayOf(at);
    const value = values[i];
    if (value === undefined) throw new RangeError(`the series has ${time.length} times and ${values.length} values`);
    if (previous !== null && day < previous) throw new RangeError('the times of a series must ascend');
    if (previous === day) equity.pop();
    for (let missing = previous === null ? day : previous + 1; missing < day; missing += 1) equity.push(equity.at(-1) ?? start);
    equity.push(value);
    previous = day;
  }
  return { days: equity.length - 1, equity };
}

/** Simple return of each step, or null when equity is not above zero at the start of one: a ratio to nothing means nothing. */
export function stepReturns(equity: readonly number[]): readonly number[] | null {
  const returns: number[] = [];
  for (let i = 1; i < equity.length; i += 1) {
    const before = equity[i - 1] ?? 0;
    if (!(before > 0)) return null;
    returns.push((equity[i] ?? 0) / before - 1);
  }
  return returns;
}
