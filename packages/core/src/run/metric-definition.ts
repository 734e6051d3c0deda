/**
 * What a number in a result's `metrics` means. The definitions travel beside the values, so that a report or a summary can print
 * a metric with its formula without knowing how it is worked out.
 */
export interface MetricDefinition {
  /** Key in the result's `metrics`. */
  readonly id: string;
  readonly title: string;
  readonly group: MetricGroup;
  readonly unit: MetricUnit;
  /** The formula as text, in the terms that the documentation of the metrics explains. */
  readonly formula: string;
  /** How a daily figure becomes a yearly one, or null where nothing is annualised. */
  readonly annualisation: string | null;
  /** Where the formula comes from. */
  readonly source: string;
  readonly direction: MetricDirection;
}
/** Chapter of a report that the metric belongs to. */
export type MetricGroup = 'return' | 'drawdown' | 'benchmark' | 'trade' | 'exposure' | 'cost';
/** `fraction`: 0.12 is 12 %. `ratio`: a bare number. `usdt`: an amount of the quote asset. `perDay`: a count a day. */
export type MetricUnit = 'fraction' | 'ratio' | 'usdt' | 'days' | 'hours' | 'count' | 'perDay';
/** Which way is better, all else equal; `neutral` where neither is. */
export type MetricDirection = 'higher' | 'lower' | 'neutral';
