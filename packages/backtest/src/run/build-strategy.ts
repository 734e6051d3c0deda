import { ParamError, StrategyError, type Strategy } from '@orrery/core';
import { InputError } from '@orrery/data';
import type { RunRequest } from '../run-request.ts';

/**
 * The strategy of a request, with its parameters and models.
 * @throws InputError naming the parameter, or what else keeps it from being built
 */
export function buildStrategy(request: RunRequest): Strategy<unknown> {
  const { id } = request.strategy;
  let built: Strategy<unknown>;
  try {
    built = request.strategy.build(request.params, Object.fromEntries(request.models.map((model) => [model.name, model])));
  } catch (error) {
    if (error instanceof ParamError || error instanceof RangeError)
      throw new InputError(`strategy ${id}: ${error.message}`, { cause: error });
    throw new StrategyError(`strategy ${id} could not be built: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  if (!isStrategy(built)) throw new InputError(`strategy ${id}: its build() gave no strategy; write it with defineStrategy({ … })`);
  return built;
}

/** A user's file may be JavaScript, which no compiler has checked. */
function isStrategy(value: Partial<Strategy<unknown>> | null | undefined): value is Strategy<unknown> {
  return (
    Array.isArray(value?.features) &&
    Array.isArray(value.models) &&
    typeof value.initialState === 'function' &&
    typeof value.decide === 'function'
  );
}
