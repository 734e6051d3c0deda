import type { Outcome } from './barriers.ts';

/** How a label was decided; a virtual position may also have been given up at one of its grades. */
export type SampleOutcome = Outcome | 'graded-stop';

/** Labelled signals, by decision time and then by instrument. Arrays are parallel; features are row-major. */
export interface SampleSet {
  readonly count: number;
  /** Canonical texts of the columns, or the reserved word `side`. */
  readonly columns: readonly string[];
  /** count × columns, float32 as the model reads them. */
  readonly features: Float32Array;
  /** 1 for a win, else 0. */
  readonly labels: Float32Array;
  /** Average uniqueness among the labels of the same symbol, times the signal's quality where it has one, scaled to a mean of 1. */
  readonly weights: Float32Array;
  /** Decision time: close of the signal's candle, ms UTC. */
  readonly start: Float64Array;
  /** Close of the candle that decided the label, ms UTC. */
  readonly end: Float64Array;
  readonly instrument: Uint16Array;
  /** Row of the decision in the instrument's tape. */
  readonly row: Uint32Array;
  /** 1 buys, −1 sells. */
  readonly side: Int8Array;
  readonly outcome: readonly SampleOutcome[];
  /** Return before costs. */
  readonly grossReturn: Float64Array;
}

/** Signals, and what became of them. */
export interface SampleCounts {
  readonly signals: number;
  readonly samples: number;
  readonly wins: number;
  readonly takeProfit: number;
  readonly stopLoss: number;
  readonly time: number;
  /** Dropped: the data ends before their label is decided. */
  readonly unfinished: number;
  /** Dropped: an input, or the average true range, had no value yet. */
  readonly warmingUp: number;
}
