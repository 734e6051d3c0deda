import { createFeatureGraph } from '../feature/graph.ts';
import { INTERVAL_MS, type Interval } from '../market/interval.ts';
import { createTape } from '../market/tape.ts';
import type { RequestPrediction } from '../messages.ts';
import type { StrategyDefinition } from '../strategy/define-strategy.ts';
import type { ModelBindings } from '../strategy/model-binding.ts';
import type { Strategy } from '../strategy/strategy.ts';
import type { InstrumentId } from '../units.ts';
import { hostileMarket } from './hostile-market.ts';
import type { LawCheck } from './law-check.ts';
import { BLOCK_INVARIANCE } from './laws/block-invariance.ts';
import { CAUSALITY } from './laws/causality.ts';
import { CONSERVATION } from './laws/conservation.ts';
import { DETERMINISM } from './laws/determinism.ts';
import { FINITE_COMMANDS } from './laws/finite-commands.ts';
import { REDUCE_ONLY } from './laws/reduce-only.ts';
import { RELABELLING } from './laws/relabelling.ts';
import { REPEATED_FACTS } from './laws/repeated-facts.ts';
import { REPLAY } from './laws/replay.ts';
import { SURVIVAL } from './laws/survival.ts';
import { marketTable } from './market-table.ts';
import { unitOf } from './session.ts';
import { shrink } from './shrink.ts';
import type { Subject } from './subject.ts';

/** One property that a strategy has to have. `run` throws an Error that shows a small market in which it has not. */
export interface Law {
  readonly name: string;
  readonly run: () => void;
}

export interface ContractOptions {
  /** Values for a definition's parameters; those not given take their defaults. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Models that the definition needs, by its names for them; what they answer is `predict`. */
  readonly models?: ModelBindings;
  /** Length of the made-up candles; default 5m. A feature on a higher interval needs one that divides it. */
  readonly interval?: Interval;
  /** How many markets each law is tried on; default 6. */
  readonly markets?: number;
  /** Seed of the first market; the others follow it. Default 1. */
  readonly seed?: number;
  /** What a model answers; must depend on the request alone. Default: one number from 0 to 1. */
  readonly predict?: (request: RequestPrediction) => readonly number[];
  /**
   * Default true: `onFact` is also called twice with each execution report. The engine filters repetitions itself, so a
   * strategy that counts reports by design may turn this off.
   */
  readonly repeatsFacts?: boolean;
}

/** Candles after the slowest feature has a value, so that there is something to decide on. */
const FRAMES_AFTER_WARMUP = 160;
const LAWS: readonly LawCheck[] = [
  SURVIVAL,
  FINITE_COMMANDS,
  DETERMINISM,
  CAUSALITY,
  BLOCK_INVARIANCE,
  REPLAY,
  CONSERVATION,
  REDUCE_ONLY,
  REPEATED_FACTS,
];

/**
 * The laws that every strategy has to keep, tried on hostile made-up markets. Needs no test framework:
 * `for (const law of strategyContract(mine)) it(law.name, law.run)`.
 * @throws ParamError when `params` are not what the definition takes
 * @throws RangeError when a feature cannot be computed on `interval`
 */
export function strategyContract<State>(tested: Strategy<State> | StrategyDefinition, options: ContractOptions = {}): readonly Law[] {
  const { markets = 6, seed = 1, params = {}, predict = defaultAnswer, repeatsFacts = true } = options;
  const intervalMs = INTERVAL_MS[options.interval ?? '5m'];
  // Whoever drives a strategy hands its states back as they came, whatever they are.
  const build = (): Strategy<unknown> =>
    'build' in tested ? tested.build(params, options.models) : (tested as unknown as Strategy<unknown>);
  const strategy = build();
  const frames = warmupOf(strategy, intervalMs) + FRAMES_AFTER_WARMUP;
  const subject: Subject = { build, predict, repeatsFacts };
  const laws = strategy.scope === 'instrument' ? [...LAWS, RELABELLING] : LAWS;
  return laws.map((law) => ({
    name: law.name,
    run: () => {
      for (let k = 0; k < markets; k++) prove(law, subject, strategy.id, seed + k, intervalMs, frames);
    },
  }));
}

/** @throws Error that tells how the law is broken, on the smallest market found */
function prove(law: LawCheck, subject: Subject, id: string, seed: number, intervalMs: number, frames: number): void {
  const market = hostileMarket(seed, intervalMs, frames, 1 + (seed % 3));
  const fault = law.check(subject, market);
  if (fault === null) return;
  const small = shrink({ market, fault }, law.runs, (smaller) => law.check(subject, smaller));
  throw new Error(
    [
      `strategy ${id} breaks the law of ${law.name}`,
      `  why it matters: ${law.hint}`,
      `  what happened: ${small.fault}`,
      `  smallest market found (seed ${seed}):`,
      marketTable(small.market),
    ].join('\n'),
  );
}

/** The longest warm-up of the strategy's features and model inputs, in candles. */
function warmupOf(strategy: Strategy<unknown>, intervalMs: number): number {
  const tape = createTape(0 as InstrumentId, intervalMs, 1);
  const specs = [...strategy.features, ...strategy.models.flatMap((model) => model.inputs)];
  return createFeatureGraph(tape, specs).warmups.reduce((most, warmup) => Math.max(most, warmup), 0);
}

function defaultAnswer(request: RequestPrediction): readonly number[] {
  return [unitOf(request.input.reduce((sum, value) => sum + value, 0))];
}
