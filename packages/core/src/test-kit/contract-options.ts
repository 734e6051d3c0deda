import { createFeatureGraph } from '../feature/graph.ts';
import { INTERVAL_MS, type Interval } from '../market/interval.ts';
import { createTape } from '../market/tape.ts';
import type { RequestPrediction } from '../messages.ts';
import type { ModelBindings } from '../strategy/model-binding.ts';
import type { Strategy } from '../strategy/strategy.ts';
import type { InstrumentId } from '../units.ts';
import { hostileMarket } from './hostile-market.ts';
import type { Market } from './market.ts';
import { unitOf } from './session.ts';
import type { Subject, Tested } from './subject.ts';

export interface ContractOptions {
  /** Values for a definition's parameters; those not given take their defaults. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Models that the definition needs, by its names for them; what they answer is `predict`. */
  readonly bindings?: ModelBindings;
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

/** A strategy under test with the markets that it is tried on. */
export interface Trial {
  readonly subject: Subject;
  readonly id: string;
  readonly scope: Strategy<unknown>['scope'];
  readonly asksModels: boolean;
  readonly seeds: readonly number[];
  readonly market: (seed: number) => Market;
}

/**
 * @throws ParamError when `params` are not what the definition takes
 * @throws RangeError when a feature cannot be computed on `interval`
 */
export function trialOf<State>(tested: Tested<State>, options: ContractOptions): Trial {
  const { markets = 6, seed = 1 } = options;
  const intervalMs = INTERVAL_MS[options.interval ?? '5m'];
  const subject = subjectOf(tested, options);
  const strategy = subject.build(hostileMarket(seed, intervalMs, FRAMES_AFTER_WARMUP, 1));
  const frames = warmupOf(strategy, intervalMs) + FRAMES_AFTER_WARMUP;
  return {
    subject,
    id: strategy.id,
    scope: strategy.scope,
    asksModels: strategy.models.length > 0,
    seeds: Array.from({ length: markets }, (_, k) => seed + k),
    market: (from) => hostileMarket(from, intervalMs, frames, 1 + (from % 3)),
  };
}

export function subjectOf<State>(
  tested: Tested<State>,
  options: Pick<ContractOptions, 'params' | 'bindings' | 'predict' | 'repeatsFacts'>,
): Subject {
  const { params = {}, predict = defaultAnswer, repeatsFacts = true } = options;
  return {
    build(market) {
      const made = typeof tested === 'function' ? tested(market) : tested;
      // Whoever drives a strategy hands its states back as they came, whatever they are.
      return 'build' in made ? made.build(params, options.bindings) : (made as unknown as Strategy<unknown>);
    },
    predict,
    repeatsFacts,
  };
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
