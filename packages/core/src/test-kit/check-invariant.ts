import { minimise, sample, type Arbitrary } from './arbitrary.ts';
import { subjectOf, trialOf, type ContractOptions } from './contract-options.ts';
import { drive, type Driven, type Trouble } from './drive.ts';
import type { Market } from './market.ts';
import { marketTable } from './market-table.ts';
import { describeModelFaults, modelFaults } from './model-faults.ts';
import { describeOddities, oddFacts } from './odd-facts.ts';
import { RunReader, type RunSoFar } from './run-so-far.ts';
import type { Session } from './session.ts';
import { shrink } from './shrink.ts';
import { storyOf } from './story.ts';
import type { Subject, Tested } from './subject.ts';

/** A property that a strategy is to have after every frame of every run. */
export interface Invariant {
  /** What holds, e.g. `at most three positions`. */
  readonly name: string;
  /** True while it holds; false, or a text that says what is wrong, once it does not. */
  readonly holds: (run: RunSoFar) => boolean | string;
}

export interface InvariantOptions extends Omit<ContractOptions, 'repeatsFacts'> {
  /** Whether execution reports come late, in parts, in another order and repeatedly, too; default false. */
  readonly oddFacts?: boolean;
  /** Whether models fail, are late or answer nonsense, too; default false. */
  readonly modelFaults?: boolean;
}

/** What a strategy is run with by {@link runOn}. */
export interface RunOptions extends Pick<ContractOptions, 'params' | 'bindings' | 'predict'>, Trouble {
  /** Called after each frame, and once more after the end, when what was late has come. */
  readonly look?: (run: RunSoFar) => void;
}

/**
 * Tries an invariant on hostile markets, frame by frame. A run that throws breaks it, too.
 * @throws Error that shows the smallest market found: its candles, what the strategy did, and where it broke
 * @throws ParamError when `params` are not what the definition takes
 * @throws RangeError when a feature cannot be computed on `interval`
 */
export function checkInvariant<State>(tested: Tested<State>, invariant: Invariant, options: InvariantOptions = {}): void {
  const trial = trialOf(tested, options);
  for (const seed of trial.seeds) {
    const market = trial.market(seed);
    const trouble = {
      facts: options.oddFacts === true ? sample(oddFacts(), seed) : [],
      models: options.modelFaults === true ? sample(modelFaults(), seed) : [],
    };
    const faultOn = (candidate: Market, around: Trouble): string | null => faultOf(watched(trial.subject, candidate, invariant, around));
    const fault = faultOn(market, trouble);
    if (fault === null) continue;
    const small = shrink({ market, fault }, 1, (smaller) => faultOn(smaller, trouble)).market;
    const facts = least(oddFacts(), trouble.facts, (plan) => faultOn(small, { ...trouble, facts: plan }) !== null);
    const models = least(modelFaults(), trouble.models, (plan) => faultOn(small, { facts, models: plan }) !== null);
    throw new Error(
      report(trial.id, invariant, seed, small, watched(trial.subject, small, invariant, { facts, models }), { facts, models }),
    );
  }
}

/**
 * Runs a strategy over a market to the end: for properties of whole runs, and for other tools that draw markets.
 * @throws ParamError when `params` are not what the definition takes
 */
export function runOn<State>(tested: Tested<State>, market: Market, options: RunOptions = {}): RunSoFar {
  const readers = new Readers(market);
  const { session } = drive(subjectOf(tested, options), market, options, (seen, isOver) => {
    const reader = readers.of(seen);
    reader.catchUp(!isOver);
    options.look?.(reader);
    return null;
  });
  return readers.of(session);
}

/** One reader for the session of a drive, which makes it. */
class Readers {
  readonly #market: Market;
  #reader: RunReader | null = null;

  constructor(market: Market) {
    this.#market = market;
  }
  of(session: Session): RunReader {
    this.#reader ??= new RunReader(this.#market, session);
    return this.#reader;
  }
}

function watched(subject: Subject, market: Market, invariant: Invariant, trouble: Trouble): Driven {
  const readers = new Readers(market);
  return drive(subject, market, trouble, (session, isOver) => {
    const reader = readers.of(session);
    reader.catchUp(!isOver);
    if (session.error !== null) return null;
    const verdict = invariant.holds(reader);
    if (typeof verdict === 'string') return verdict;
    return verdict ? null : 'it does not hold';
  });
}

function faultOf({ session, broken }: Driven): string | null {
  return broken?.fault ?? session.error?.message ?? null;
}

function least<T>(arbitrary: Arbitrary<readonly T[]>, plan: readonly T[], fails: (plan: readonly T[]) => boolean): readonly T[] {
  return plan.length === 0 ? plan : minimise(arbitrary, plan, fails, 300);
}

function report(id: string, invariant: Invariant, seed: number, market: Market, run: Driven, trouble: Trouble): string {
  const { facts = [], models = [] } = trouble;
  return [
    `strategy ${id} breaks the invariant "${invariant.name}"`,
    `  what happened: ${faultOf(run) ?? ''}`,
    ...(facts.length > 0 ? [`  where: ${describeOddities(facts)}`] : []),
    ...(models.length > 0 ? [`  where: ${describeModelFaults(models)}`] : []),
    `  smallest market found (seed ${seed}):`,
    marketTable(market, storyOf(market, run.session, run.broken?.pos)),
  ].join('\n');
}
