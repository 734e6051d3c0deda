import type { FeatureSpec } from '../feature/spec.ts';
import type { CandleView } from '../market/candle-view.ts';
import type { Fact } from '../messages.ts';
import type { Desk } from './desk.ts';
import { featureValuesClass, type FeatureValues } from './feature-values.ts';
import { InstrumentDesk } from './instrument-desk.ts';
import type { ModelBindings } from './model-binding.ts';
import { ParamError, resolveParams, type Params, type ParamValues } from './params.ts';
import type { Strategy } from './strategy.ts';

/** What `decide` is called with, once per closed candle of each symbol. */
export interface DecideInput<P extends Params, Name extends string, S> {
  /** Values at this candle; none is NaN, unless `warmup` is 'none'. */
  readonly features: FeatureValues<Name>;
  readonly desk: InstrumentDesk;
  /** The candle, and those before it by lag. */
  readonly candle: CandleView;
  readonly params: ParamValues<P>;
  /** What the strategy remembers of this symbol. */
  readonly state: S;
}
export interface FactInput<P extends Params, S> {
  readonly fact: Fact;
  readonly desk: InstrumentDesk;
  readonly params: ParamValues<P>;
  readonly state: S;
}

/** A strategy as its author writes it: each symbol by itself, features and parameters by name. */
export interface StrategyForm<P extends Params, Name extends string, S> {
  readonly id: string;
  /** One sentence for help and reports. */
  readonly description?: string;
  readonly params?: P;
  /** What is wrong with parameters that are each in bounds, or null; e.g. a fast length that is not below the slow one. */
  readonly check?: (params: ParamValues<P>) => string | null;
  readonly features: (params: ParamValues<P>) => Readonly<Record<Name, FeatureSpec>>;
  /** Fresh memory for one symbol. */
  readonly state?: () => S;
  /** 'wait' (default): `decide` is first called when every feature has a value. */
  readonly warmup?: 'wait' | 'none';
  readonly decide: (input: DecideInput<P, Name, S>) => void;
  readonly onFact?: (input: FactInput<P, S>) => void;
}

/** A strategy before its parameters have values. */
export interface StrategyDefinition {
  readonly id: string;
  readonly description: string;
  readonly params: Params;
  /** Names of the models that it has to be given; empty for most. */
  readonly models: readonly string[];
  /** Names of models that it reads where they are given, and does without where they are not; its run then says so loudly. */
  readonly optionalModels?: readonly string[];
  /**
   * The strategy for these parameter values; those not given take their defaults.
   * @param models the models by the names above
   * @throws ParamError for an unknown name, a value out of bounds, values that do not go together, or a model that is missing
   */
  readonly build: (given: Readonly<Record<string, unknown>>, models?: ModelBindings) => Strategy<unknown>;
}

/** Compiles the comfortable form to the one that the engine runs. */
export function defineStrategy<const P extends Params, Name extends string, S = undefined>(
  form: StrategyForm<P, Name, S>,
): StrategyDefinition {
  const declared: P = form.params ?? ({} as P);
  // One class for all builds with the same names: with a class a build, a sweep would run ever slower.
  const classes = new Map<string, ValuesClass<Name>>();
  const valuesClass = (names: readonly Name[]): ValuesClass<Name> => {
    const key = JSON.stringify(names);
    const found = classes.get(key) ?? featureValuesClass(names);
    classes.set(key, found);
    return found;
  };
  return {
    id: form.id,
    description: form.description ?? '',
    params: declared,
    models: [],
    build: (given) => {
      const params = resolveParams(declared, given);
      const fault = form.check?.(params) ?? null;
      if (fault !== null) throw new ParamError(fault);
      return compile(form, params, valuesClass);
    },
  };
}

type ValuesClass<Name extends string> = ReturnType<typeof featureValuesClass<Name>>;

/** Everything of one symbol. Bound on its first candle, because the engine makes the view and the desk. */
class Memory<P extends Params, Name extends string, S> {
  readonly features: InstanceType<ValuesClass<Name>>;
  readonly params: ParamValues<P>;
  readonly state: S;
  candle: CandleView | null = null;
  desk: InstrumentDesk | null = null;
  isWarm: boolean;

  constructor(features: InstanceType<ValuesClass<Name>>, params: ParamValues<P>, state: S, isWarm: boolean) {
    this.features = features;
    this.params = params;
    this.state = state;
    this.isWarm = isWarm;
  }
  bind(candle: CandleView, desk: Desk): void {
    this.candle = candle;
    this.features.view = candle;
    this.desk ??= new InstrumentDesk(desk, candle.instrument);
  }
  warmUp(candle: CandleView, features: number): boolean {
    let isWarm = true;
    for (let slot = 0; slot < features; slot++) if (Number.isNaN(candle.feature(slot))) isWarm = false;
    this.isWarm = isWarm;
    return isWarm;
  }
}

function compile<P extends Params, Name extends string, S>(
  form: StrategyForm<P, Name, S>,
  params: ParamValues<P>,
  valuesClass: (names: readonly Name[]) => ValuesClass<Name>,
): Strategy<unknown> {
  const features = form.features(params);
  const names = Object.keys(features) as Name[];
  const Values = valuesClass(names);
  const { decide, onFact } = form;
  const isWarm = form.warmup === 'none' || names.length === 0;

  return {
    id: form.id,
    scope: 'instrument',
    features: names.map((name) => features[name]),
    models: [],
    // What wraps a strategy may have features behind these.
    decidesFrom: (warmups) => (isWarm ? 0 : Math.max(...warmups.slice(0, names.length))),
    initialState: () => new Memory<P, Name, S>(new Values(), params, form.state === undefined ? (undefined as S) : form.state(), isWarm),
    decide(state, candle, desk) {
      const memory = state as Memory<P, Name, S>;
      if (memory.candle === null) memory.bind(candle, desk);
      if (!memory.isWarm && !memory.warmUp(candle, names.length)) return;
      // Bound above, once and for all.
      decide(memory as Memory<P, Name, S> & DecideInput<P, Name, S>);
    },
    ...(onFact === undefined
      ? {}
      : {
          onFact(state: unknown, fact: Fact, desk: Desk): void {
            const memory = state as Memory<P, Name, S>;
            memory.desk ??= new InstrumentDesk(desk, fact.instrument);
            onFact({ fact, desk: memory.desk, params, state: memory.state });
          },
        }),
  };
}

/** Whether an unknown value, such as a module's default export, is a strategy definition. */
export function isStrategyDefinition(value: unknown): value is StrategyDefinition {
  if (typeof value !== 'object' || value === null) return false;
  return 'id' in value && typeof value.id === 'string' && 'build' in value && typeof value.build === 'function' && 'params' in value;
}
