import type { EventLog } from './event-log.ts';

/**
 * A feature at work on one tape. `advance` fills `out[from..to)` and is called with adjoining ranges of any size: a replay
 * hands it thousands of rows, a live run one. There is no second, incremental implementation.
 */
export interface Kernel {
  /** One value a row; NaN while warming up. */
  readonly out: Float64Array;
  /** Number of leading rows that are NaN on a tape without NaN. */
  readonly warmup: number;
  /**
   * All memory between calls, so that a snapshot needs to know nothing else about a kernel. Kinds that find objects, or read their
   * events, remember more: they are computed anew from the first row.
   */
  readonly state: Float64Array;
  /** Of a kind that finds objects rather than numbers: what it found. Its `out` may then be empty. */
  readonly log?: EventLog;
  advance(from: number, to: number): void;
  /** Takes another array of the same length for `out`, before anything is computed; absent where the column cannot move. */
  relocate?(out: Float64Array): void;
}

/** Where columns are kept; the arrays that it gives are all 0. */
export type ColumnAllocator = (length: number) => Float64Array;
