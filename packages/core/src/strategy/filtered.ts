import type { StrategyDefinition } from './define-strategy.ts';
import { intercepted } from './entry-signals.ts';
import { bindingOf, modelFeatures, modelInputReader, type ModelBinding } from './model-binding.ts';
import { number, ParamError, resolveParams } from './params.ts';
import type { Strategy } from './strategy.ts';

export interface FilterOptions {
  /** Default: the base's id and `-filtered`. */
  readonly id?: string;
  /** One sentence for help and reports. */
  readonly description?: string;
  /** Name under which the model is given; default `filter`. */
  readonly model?: string;
}

/** The parameter that a filter adds. */
const THRESHOLD = number(0.5, { min: 0, max: 1 });

/**
 * A strategy whose entries a model has to agree with. Each entry signal of the base (see {@link entrySignals}) is asked of the
 * model at the candle that gave it: where the probability is above `threshold` the wish is carried out as it was, at the same
 * time; otherwise the position goes flat. Exits are never filtered, and where the model fails, or one of its inputs has no value, nothing is
 * entered.
 *
 * It has the parameters of the base and `threshold`.
 * @throws RangeError when the base has a parameter of that name, or reads models itself
 */
export function filtered(base: StrategyDefinition, options: FilterOptions = {}): StrategyDefinition {
  const { id = `${base.id}-filtered`, model = 'filter' } = options;
  if (Object.hasOwn(base.params, 'threshold')) throw new RangeError(`strategy ${base.id} has a parameter "threshold" of its own`);
  if (base.models.length > 0) throw new RangeError(`strategy ${base.id} reads models itself; a filter takes a strategy without any`);
  const params = { ...base.params, threshold: THRESHOLD };
  return {
    id,
    description: options.description ?? `${base.id}, entering only where a model gives the signal a probability above the threshold.`,
    params,
    models: [model],
    build(given, models) {
      const { threshold } = resolveParams({ threshold: THRESHOLD, ...base.params }, given);
      const { threshold: _, ...own } = given;
      return filter(id, base.build(own), bindingOf(model, models), Number(threshold));
    },
  };
}

function filter(id: string, base: Strategy<unknown>, binding: ModelBinding, threshold: number): Strategy<unknown> {
  if (base.models.length > 0) throw new ParamError(`strategy ${base.id} reads models itself; a filter takes a strategy without any`);
  const inputs = modelFeatures(binding);
  const inputOf = modelInputReader(binding, base.features.length);
  const strategy = intercepted(
    base,
    (signal, desk) => {
      const input = inputOf(signal.candle, signal.side);
      return input.every(Number.isFinite) ? { held: desk.predict(0, signal.instrument, input) } : 'refuse';
    },
    (fact, signals, desk) => {
      if (fact.type !== 'PredictionReady' && fact.type !== 'PredictionFailed') return false;
      const probability = fact.type === 'PredictionReady' ? (fact.values[0] ?? NaN) : NaN;
      // What is no probability is no agreement either.
      signals.settle(fact.requestId, probability > threshold && probability <= 1, fact.ts, desk);
      return true;
    },
  );
  const { decidesFrom = () => 0 } = base;
  return {
    ...strategy,
    id,
    features: [...base.features, ...inputs],
    // Without values for the model nothing is entered.
    decidesFrom: (warmups) => Math.max(decidesFrom(warmups), ...warmups.slice(base.features.length)),
    // Asked at signals alone: no output of it becomes a column.
    models: [{ id: binding.id, hash: binding.hash, inputs, outputs: [] }],
  };
}
