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

/** A market that knows traded prices alone, as a paper run does: they stand for mark prices, those of funding too. */
export function withoutMarks(market: Market): Market {
  const funding = market.funding.map(({ times, ratesE8 }) => ({ times, ratesE8 }));
  return { ...market, funding, marks: market.tapes.map(() => null) };
}
