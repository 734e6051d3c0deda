import { StrategyError } from '@orrery/core';
import { placeOf } from '../strategy-file/load.ts';

/**
 * An error of a user's strategy with the line of the user's own file that led to it; any other error as it is.
 * @param file absolute path of the strategy's file, or null for one that ships with Orrery
 */
export function blamed(error: unknown, file: string | null): unknown {
  if (!(error instanceof StrategyError) || file === null) return error;
  const place = placeOf(error.cause ?? error, file) || placeOf(error, file);
  return new StrategyError(`${error.message}${place}`, { cause: error });
}
