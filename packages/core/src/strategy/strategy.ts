import type { FeatureSpec } from '../feature/spec.ts';
import type { CandleView } from '../market/candle-view.ts';
import type { Fact } from '../messages.ts';
import type { Desk } from './desk.ts';

/** A model that a strategy reads: its identity and what goes in and comes out. */
export interface ModelSpec {
  readonly id: string;
  /** SHA-256 of the model file. */
  readonly hash: string;
  readonly inputs: readonly FeatureSpec[];
  /** Each output becomes a column behind the features. Empty: the model is asked through `desk.predict` alone. */
  readonly outputs: readonly string[];
}

/**
 * A strategy in the form that the engine runs. It has no clock, no randomness and no memory outside `state`;
 * most are written with `defineStrategy`, which compiles to this.
 */
export interface Strategy<State> {
  readonly id: string;
  /** 'instrument': one state per instrument. 'portfolio': one state for all, for decisions across them at a frame's end. */
  readonly scope: 'instrument' | 'portfolio';
  readonly features: readonly FeatureSpec[];
  readonly models: readonly ModelSpec[];
  /**
   * The first row at which it can decide, from the warm-ups of its features: a symbol with fewer candles is one that it never decides on.
   * Not there: nothing is known of that.
   */
  readonly decidesFrom?: (warmups: readonly number[]) => number;
  readonly initialState: () => State;
  /** Once per closed candle. */
  readonly decide: (state: State, candle: CandleView, desk: Desk) => void;
  /** Whatever is not a candle: fills, rejections, timers, predictions. */
  readonly onFact?: (state: State, fact: Fact, desk: Desk) => void;
  /** What it has counted so far, by name, for the run's result. Of a portfolio strategy. */
  readonly counters?: (state: State) => Readonly<Record<string, number>>;
}
