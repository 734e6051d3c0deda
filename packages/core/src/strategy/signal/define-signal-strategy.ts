import type { CandleView } from '../../market/candle-view.ts';
import type { Fact } from '../../messages.ts';
import type { StrategyDefinition } from '../define-strategy.ts';
import type { Desk } from '../desk.ts';
import { modelFeatures, modelInputReader, type ModelBinding, type ModelBindings } from '../model-binding.ts';
import { ParamError, resolveParams, type Params, type ParamValues } from '../params.ts';
import type { Strategy } from '../strategy.ts';
import { SIGNAL_PARAMS, signalParamsFault, type SignalParams, type SignalParamValues } from './signal-params.ts';
import type { SignalSource } from './signal-source.ts';
import { SignalTrader, type QualityModel, type TraderSetup } from './signal-trader.ts';

/** Name under which the model of a signal strategy is given. */
export const QUALITY_MODEL = 'quality';

type AllValues<P extends Params> = ParamValues<P> & SignalParamValues;

/** A strategy that follows signals, as its author writes it: where they come from, and what else it takes. */
export interface SignalStrategyForm<P extends Params> {
  readonly id: string;
  readonly description: string;
  /** Parameters beside {@link SIGNAL_PARAMS}, which every such strategy has. */
  readonly params: P;
  readonly check?: (params: AllValues<P>) => string | null;
  readonly sources: (params: AllValues<P>) => readonly SignalSource[];
  /** Where a model scores the signals: the least probability, and its weight in the recalibrated confidence. */
  readonly model?: (params: AllValues<P>) => { readonly threshold: number; readonly weight: number };
  /** How several sources come to one signal: the least vote, and for how many frames an opinion counts. */
  readonly vote?: (params: AllValues<P>) => { readonly threshold: number; readonly memory: number };
}

interface Memory {
  trader: SignalTrader | null;
}

/**
 * Compiles the form: signals are raised, filtered, scored, sized, entered with stop and target, and led through virtual
 * positions (SIG, VIRT and RISK rules).
 * @throws RangeError when it has a parameter of the name of one that all have
 */
export function defineSignalStrategy<const P extends Params>(form: SignalStrategyForm<P>): StrategyDefinition {
  const clash = Object.keys(form.params).find((name) => Object.hasOwn(SIGNAL_PARAMS, name));
  if (clash !== undefined) throw new RangeError(`strategy ${form.id}: every signal strategy has a parameter "${clash}" already`);
  const declared: P & SignalParams = { ...SIGNAL_PARAMS, ...form.params };
  return {
    id: form.id,
    description: form.description,
    params: declared,
    models: [],
    optionalModels: form.model === undefined ? [] : [QUALITY_MODEL],
    build(given, models) {
      const params: AllValues<P> = resolveParams(declared, given);
      const fault = signalParamsFault(params) ?? form.check?.(params) ?? null;
      if (fault !== null) throw new ParamError(fault);
      return compile(form, params, models);
    },
  };
}

function compile<P extends Params>(
  form: SignalStrategyForm<P>,
  params: AllValues<P>,
  models: ModelBindings | undefined,
): Strategy<unknown> {
  const sources = form.sources(params);
  const binding = form.model === undefined || models === undefined || !Object.hasOwn(models, QUALITY_MODEL) ? null : models[QUALITY_MODEL];
  const inputs = binding === null ? [] : modelFeatures(binding);
  const setup: TraderSetup = {
    id: form.id,
    sources,
    params,
    model: binding === null ? null : qualityModel(form, params, binding, sources.length),
    vote: form.vote?.(params) ?? null,
  };
  return {
    id: form.id,
    scope: 'portfolio',
    features: [...sources.map(({ feature }) => feature), ...inputs],
    // Asked at signals alone: no output of it becomes a column.
    models: binding === null ? [] : [{ id: binding.id, hash: binding.hash, inputs, outputs: [] }],
    // Any source can raise a signal by itself.
    decidesFrom: (warmups) => Math.min(...warmups.slice(0, sources.length)),
    initialState: (): Memory => ({ trader: null }),
    decide(state: unknown, candle: CandleView, desk: Desk): void {
      const memory = state as Memory;
      memory.trader ??= new SignalTrader(setup, desk, candle.intervalMs);
      memory.trader.decide(candle);
    },
    onFact(state: unknown, fact: Fact): void {
      (state as Memory).trader?.onFact(fact);
    },
    counters: (state) => (state as Memory).trader?.counters ?? {},
  };
}

function qualityModel<P extends Params>(
  form: SignalStrategyForm<P>,
  params: AllValues<P>,
  binding: ModelBinding,
  first: number,
): QualityModel | null {
  if (form.model === undefined) return null;
  return {
    inputOf: modelInputReader(binding, first),
    limits: { ...form.model(params), minConfidence: params.minConfidence },
  };
}
