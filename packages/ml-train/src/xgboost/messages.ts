import type { Version } from './version-gate.ts';

/** Rows of float32 features, row after row; NaN is a missing value. */
export interface FeatureMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}
/** Rows with what they are to be trained on. */
export interface LabelledMatrix extends FeatureMatrix {
  /** 0 or 1. */
  readonly labels: Float32Array;
  /** Above 0. */
  readonly weights: Float32Array;
}

/** Trains a booster, and has it predict. */
export interface TrainJob {
  readonly type: 'train';
  /** Parameters of XGBoost by their own names. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Boosting rounds, at most. */
  readonly rounds: number;
  readonly train: LabelledMatrix;
  /** With it, training stops when its log loss has not fallen for `patience` rounds; the best round counts. */
  readonly validation: LabelledMatrix | null;
  readonly patience: number;
  /** Matrices whose margins are wanted, of the best round. */
  readonly predict: readonly FeatureMatrix[];
}
/** Loads a model and has it predict. */
export interface ScoreJob {
  readonly type: 'score';
  /** A model in XGBoost's JSON. */
  readonly model: Uint8Array;
  readonly threads: number;
  readonly predict: readonly FeatureMatrix[];
}
export type Job = TrainJob | ScoreJob;

/** What goes to the child process. */
export type ToChild = { readonly type: 'open'; readonly library: string } | Job;

export interface TrainResult {
  readonly type: 'trained';
  /** Rounds up to the best one; all of them without a validation. */
  readonly rounds: number;
  /**
   * What the sum of leaves starts from: the logit of the base score, asked of the library because its own float32 logarithm may
   * differ from any other in the last bit.
   */
  readonly baseMargin: number;
  /** Log loss of each round on the validation part; empty without one. */
  readonly history: Float64Array;
  /** The model in XGBoost's JSON, all trained rounds included. */
  readonly model: Uint8Array;
  /** Mean gain of the splits on a feature, by column; 0 where there is none. */
  readonly gain: Float64Array;
  readonly margins: readonly Float32Array[];
}
export interface ScoreResult {
  readonly type: 'scored';
  readonly margins: readonly Float32Array[];
}

/** What comes from the child process. */
export type FromChild =
  | { readonly type: 'opened'; readonly version: Version }
  | { readonly type: 'round'; readonly round: number; readonly rounds: number }
  | { readonly type: 'failed'; readonly message: string }
  | TrainResult
  | ScoreResult;
