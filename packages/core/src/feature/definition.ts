import type { Tape } from '../market/tape.ts';
import type { EventLog } from './event-log.ts';
import type { Kernel } from './kernel.ts';
import type { FeatureInput } from './spec.ts';

/** A column that a kernel reads: one of the tape's, or what another kernel computed. */
export interface Source {
  /** One value a row, valid up to the row that was advanced to. */
  readonly out: Float64Array;
  /** Number of leading rows that are NaN. */
  readonly warmup: number;
  /** What a kind that finds objects has found up to that row; its `out` may be empty. Absent for all others. */
  readonly log?: EventLog;
}

export interface ParamDefinition {
  readonly name: string;
  readonly default: number;
  /** Inclusive bounds. */
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
  readonly description: string;
}

interface DefinitionBase {
  /** Name in feature texts. */
  readonly kind: string;
  /** One sentence: what the value tells, and its range where it has one. */
  readonly description: string;
  /** Where the formula, its seeding and its answer to a division by zero come from. */
  readonly source: string;
  /** Names of the inputs that a user writes first. */
  readonly inputs: readonly string[];
  /** The inputs of an example in a message, where candle columns would not do. */
  readonly inputExamples?: readonly string[];
  /** Parameters in the order of the text. A parameter that is left out takes its default. */
  readonly params: readonly ParamDefinition[];
  /** Whether an input may be a plain number, as in `mul(close,0.5)`. */
  readonly takesNumbers?: boolean;
  /** Whether the kind finds objects: it has a log of events and no column of numbers. */
  readonly findsObjects?: boolean;
  /** Whether what it reads may be such a kind; all others are refused there, as they would read no number at all. */
  readonly readsObjects?: boolean;
  /** What is wrong with parameters that are each in range, or null. Values are in the order of `params`. */
  readonly check?: (params: readonly number[]) => string | null;
}

/**
 * A kind with a loop of its own. Every kernel keeps these promises:
 * - it warms up from its input's first finite value on, and says NaN until then;
 * - a NaN or infinite input makes its own row NaN and starts the warm-up anew, so it never spoils a running state for good;
 * - a quotient whose divisor is 0 has the finite value that the definition's `source` names;
 * - a row costs the same whatever the length of the window, but where `source` says otherwise.
 */
export interface KernelDefinition extends DefinitionBase {
  readonly type: 'kernel';
  /** What the kernel reads, where that is not simply the inputs as written. Shared with equal features of the same graph. */
  readonly parts?: (inputs: readonly FeatureInput[], params: readonly number[]) => readonly FeatureInput[];
  /** A kernel over the parts (or inputs); params in the order of the definition. */
  readonly create: (sources: readonly Source[], params: readonly number[], tape: Tape) => Kernel;
}

/** A kind that is another name for an expression of other kinds. */
export interface ComposedDefinition extends DefinitionBase {
  readonly type: 'composed';
  readonly compose: (inputs: readonly FeatureInput[], params: readonly number[]) => FeatureInput;
}

/** Everything known about one kind of feature; the documentation is generated from it, too. */
export type FeatureDefinition = KernelDefinition | ComposedDefinition;

/** The longest window of any kernel, in candles. */
const MAX_LENGTH = 100_000;

/** A number of candles. */
export function lengthParam(name: string, fallback: number, description: string, min = 1): ParamDefinition {
  return { name, default: fallback, min, max: MAX_LENGTH, integer: true, description };
}

/** A factor or threshold. */
export function realParam(name: string, fallback: number, min: number, max: number, description: string): ParamDefinition {
  return { name, default: fallback, min, max, integer: false, description };
}
