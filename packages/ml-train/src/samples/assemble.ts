import type { SampleOutcome, SampleSet } from './sample-set.ts';

/** A labelled signal before all are put in order. */
export interface LabelledSignal {
  readonly instrument: number;
  readonly row: number;
  readonly side: 1 | -1;
  readonly values: Float32Array;
  readonly isWin: boolean;
  readonly outcome: SampleOutcome;
  readonly grossReturn: number;
  /** Close of the signal's candle, and of the one that decided the label; ms UTC. */
  readonly start: number;
  readonly end: number;
  /** At or above 0, on any scale. */
  readonly weight: number;
}

/** The signals by time and then by instrument, their weights scaled to a mean of 1. */
export function sampleSetOf(signals: readonly LabelledSignal[], columns: readonly string[]): SampleSet {
  const found = signals.toSorted((a, b) => a.start - b.start || a.instrument - b.instrument);
  const mean = found.reduce((sum, { weight }) => sum + weight, 0) / found.length;
  const features = new Float32Array(found.length * columns.length);
  for (const [k, { values }] of found.entries()) features.set(values, k * columns.length);
  return {
    count: found.length,
    columns,
    features,
    labels: Float32Array.from(found, ({ isWin }) => (isWin ? 1 : 0)),
    weights: Float32Array.from(found, ({ weight }) => weight / mean),
    start: Float64Array.from(found, ({ start }) => start),
    end: Float64Array.from(found, ({ end }) => end),
    instrument: Uint16Array.from(found, ({ instrument }) => instrument),
    row: Uint32Array.from(found, ({ row }) => row),
    side: Int8Array.from(found, ({ side }) => side),
    outcome: found.map(({ outcome }) => outcome),
    grossReturn: Float64Array.from(found, ({ grossReturn }) => grossReturn),
  };
}
