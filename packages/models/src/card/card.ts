import type { Calibration } from '../calibration.ts';

/** Which of the two computes a model: the walker in TypeScript, or ONNX Runtime. */
export type EngineName = 'walker' | 'onnxruntime';
export type Scalar = number | boolean | string | null;

/** The candles that a model was trained on. */
export interface CardData {
  readonly symbols: readonly string[];
  readonly interval: string;
  /** Open times, ms UTC: from included, to excluded. */
  readonly from: number;
  readonly to: number;
  /** SHA-256 of what was read, by symbol. */
  readonly digests: Readonly<Record<string, string>>;
}
/** The strategy whose entry signals were labelled. */
export interface CardStrategy {
  readonly id: string;
  /** SHA-256 of the user's own code, or null for a strategy that ships with Orrery. */
  readonly hash: string | null;
  readonly params: Readonly<Record<string, number | boolean | string>>;
}
/** A run whose closed virtual positions were learnt from. */
export interface CardRun {
  readonly runId: string;
  /** Of its journal. */
  readonly digest: string;
  /** Closed positions that it gave. */
  readonly samples: number;
}
/** One fold of the validation: its figures, and those of the baselines beside them. */
export interface CardFold {
  readonly fold: number;
  /** Open times of the rows that were scored, ms UTC. */
  readonly from: number;
  readonly to: number;
  readonly trainRows: number;
  readonly testRows: number;
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly baselines: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
}
/** How engines were held against each other on the same rows. */
export interface CardParity {
  readonly rows: number;
  /** Rows on which their margins differ (for an imported model: probabilities, by more than 1e-6). */
  readonly differing: number;
  readonly engines: readonly string[];
}
/** Where an imported file came from. */
export interface CardSource {
  /** Base name of the file. */
  readonly file: string;
  /** What the file says that wrote it. */
  readonly producer: string;
  /** Name of the output that is read. */
  readonly output: string;
}

/** Shape of `card.json`, schema `orrery.model/1`. What only training knows is absent for imported models. */
export interface ModelCard {
  readonly schema: 'orrery.model/1';
  readonly name: string;
  /** SHA-256 of model.onnx. */
  readonly hash: string;
  /** How the model is computed unless something else is asked for. */
  readonly engine: EngineName;
  /** Canonical feature texts, one a column; `side` stands for the signal's, +1 or −1. */
  readonly inputs: readonly string[];
  /** SHA-256 over the inputs joined by newlines. */
  readonly featureHash: string;
  readonly outputs: readonly ['probability'];
  readonly calibration: Calibration;
  readonly versions: Readonly<Record<string, string>>;
  readonly source?: CardSource | undefined;
  readonly data?: CardData | undefined;
  readonly strategy?: CardStrategy | undefined;
  /** The runs that the samples come from; absent where signals were labelled by barriers. */
  readonly runs?: readonly CardRun[] | undefined;
  /** How signals became samples: horizon, barriers, costs. */
  readonly labels?: Readonly<Record<string, Scalar>> | undefined;
  readonly training?: Readonly<Record<string, Scalar>> | undefined;
  readonly seed?: number | undefined;
  /** Rows that the final model was trained on. */
  readonly rows?: number | undefined;
  readonly folds?: readonly CardFold[] | undefined;
  /** Over all folds. */
  readonly metrics?: Readonly<Record<string, number | null>> | undefined;
  readonly parity?: CardParity | undefined;
}
