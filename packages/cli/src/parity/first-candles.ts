import type { Market } from '@orrery/data';
import { InputError } from '../input-error.ts';

/**
 * A market's first candles by symbol; all of them where no number is given.
 * @throws InputError for a number that is none
 */
export function firstCandles(market: Market, count: number | undefined): Market {
  if (count === undefined) return market;
  if (!Number.isSafeInteger(count) || count < 1) throw new InputError(`--candles ${count}: takes a whole number from 1`);
  return { ...market, tapes: market.tapes.map((tape) => ({ ...tape, length: Math.min(tape.length, count) })) };
}
