import type { Interval } from '../market/interval.ts';
import type { CandleColumn } from '../market/tape.ts';

/**
 * A feature as data: comparable, and the same object in training, replay and live. Its canonical text, e.g.
 * `zscore(sub(ema(close,12),ema(close,26)),90)@15m`, is its identity.
 */
export interface FeatureSpec {
  readonly kind: string;
  readonly params: Readonly<Record<string, number>>;
  readonly inputs: readonly FeatureInput[];
  /** A higher interval to compute on; its candle is visible only once it has closed. Absent: the base interval. */
  readonly interval?: Interval;
}
export type FeatureInput = FeatureSpec | CandleColumn;
