import type { FeatureGraph } from '../feature/graph.ts';
import type { Instrument } from '../market/instrument.ts';
import type { Schedule } from '../market/schedule.ts';
import type { Universe } from '../market/universe.ts';
import type { Tape } from '../market/tape.ts';
import type { Strategy } from '../strategy/strategy.ts';
import type { Sats } from '../units.ts';
import type { MarginSampling } from './equity-curve.ts';
import type { Recorder } from './recorder.ts';
import type { Venue } from './venue.ts';

/** Everything that determines a run. Arrays are indexed by instrument. */
export interface EngineOptions<State> {
  readonly strategy: Strategy<State>;
  readonly instruments: readonly Instrument[];
  readonly tapes: readonly Tape[];
  readonly schedule: Schedule;
  readonly features: readonly FeatureGraph[];
  readonly venue: Venue;
  readonly recorder: Recorder;
  readonly startEquity: Sats;
  /** A long and a short position of each instrument (POS-1). Default: one-way mode. */
  readonly hedgeMode?: boolean;
  /** The symbols that may be entered, by day; absent: all, always. */
  readonly universe?: Universe;
  /** Gross position value over equity that no new order may exceed. */
  readonly maxLeverage: number;
  /** Rows whose features are computed at once; never changes a result (law 1). */
  readonly blockRows: number;
  /** Width of a point of the equity curve. */
  readonly curveBucketMs: number;
  /** How near the venue's account is to its liquidation, for the equity curve; absent: the curve says nothing of it. */
  readonly margin?: MarginSampling;
}

/** Why `advance` returned: the one seam between the synchronous core and an asynchronous world. */
export type Demand =
  /** Everything up to `until` is decided. */
  | 'end'
  /** The prediction columns of the rows in `pendingBlock` are wanted before they are decided. */
  | 'block-predictions'
  /** The requests of this timestamp are in `takeRequests()`; their answers are wanted before the next one. */
  | 'frame-predictions';

/** Rows of one instrument whose prediction columns the driver has to fill. */
export interface BlockRange {
  readonly instrument: number;
  readonly from: number;
  readonly to: number;
}
