import type { FeatureSpec, Tape } from '@orrery/core';
import type { SentLog } from './computed-graph.ts';

/** What a worker is given at its start. */
export interface ScanJob {
  readonly tapes: readonly Tape[];
  readonly specs: readonly FeatureSpec[];
  /** One shared counter: the next instrument that nobody has taken. */
  readonly next: Int32Array;
}
/** What it sends for each instrument. */
export type ScanAnswer =
  | {
      readonly type: 'computed';
      readonly instrument: number;
      readonly columns: readonly Float64Array[];
      readonly logs: readonly (SentLog | null)[];
      readonly warmups: readonly number[];
    }
  /** `isInput`: what was asked for cannot be computed. */
  | { readonly type: 'failed'; readonly message: string; readonly isInput: boolean }
  | { readonly type: 'done' };
