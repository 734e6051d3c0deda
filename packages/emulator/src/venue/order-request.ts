import {
  parseDecimal,
  type Decimal,
  type FilteredOrder,
  type FilterProblem,
  type Instrument,
  type Lots,
  type RateE8,
  type Ticks,
} from '@orrery/core';
import { stepsIn } from './decimal-text.ts';
import type { VenuePositionSide, VenueTimeInForce } from './order-records.ts';
import { refusal, VenueError } from './venue-error.ts';

/** Most ticks that a price may have, so that every product of the account stays exact. */
export const MAX_PRICE_TICKS = 1_000_000_000;
const CLIENT_ID = /^[.A-Z:/a-z0-9_-]{1,36}$/;

/** Client order id rule of the venue. @throws VenueError -4015 */
export function checkClientId(id: string): string {
  if (!CLIENT_ID.test(id)) throw refusal(-4015);
  return id;
}

/** A quantity text in lots above 0. @throws VenueError */
export function parseQuantity(instrument: Instrument, text: string): Lots {
  const { steps, isTooFine } = stepsIn(decimal('quantity', text), instrument.step);
  if (isTooFine) throw refusal(-1111);
  if (steps === null) throw refusal(-4023);
  if (steps <= 0) throw refusal(-4003);
  return steps as Lots;
}

/** A price text in ticks above 0. @throws VenueError */
export function parsePrice(instrument: Instrument, field: 'price' | 'triggerPrice' | 'activatePrice', text: string): Ticks {
  const { steps, isTooFine } = stepsIn(decimal(field, text), instrument.tick);
  if (isTooFine) throw refusal(-1111);
  if (steps === null) throw refusal(-4014);
  if (steps < 0) throw refusal(-4001);
  if (steps < 1) throw refusal(-4013);
  if (steps > MAX_PRICE_TICKS) throw refusal(-4002);
  return steps as Ticks;
}

/** A callback rate of 0.1 to 10 percent. @throws VenueError */
export function parseCallbackRate(text: string): RateE8 {
  const { units, decimals } = decimal('callbackRate', text);
  const rate = decimals > 6 ? NaN : units * 10 ** (6 - decimals);
  if (!(rate >= LEAST_CALLBACK && rate <= MOST_CALLBACK))
    throw new VenueError(-1130, "Data sent for parameter 'callbackRate' is not valid.");
  return rate as RateE8;
}

/** The date of a GTD order, to the second. @throws VenueError -5040 */
export function checkGoodTillDate(timeInForce: VenueTimeInForce, date: number | undefined, now: number): number {
  if (timeInForce !== 'GTD') return 0;
  if (date === undefined) throw missing('goodTillDate');
  const seconds = Math.floor(date / 1000) * 1000;
  if (seconds <= now + LEAST_GTD_MS || seconds >= 253_402_300_799_000) throw refusal(-5040);
  return seconds;
}

/** @throws VenueError -1115 */
export function checkTimeInForce(text: string): VenueTimeInForce {
  if (text === 'GTC' || text === 'IOC' || text === 'FOK' || text === 'GTX' || text === 'GTD') return text;
  throw refusal(-1115);
}

/** @throws VenueError -4061 for a word that no account has */
export function checkPositionSide(text: string | undefined): VenuePositionSide {
  if (text === undefined || text === 'BOTH') return 'BOTH';
  if (text === 'LONG' || text === 'SHORT') return text;
  throw refusal(-4061);
}

/** What a symbol's filters say against an order, in the venue's numbers. */
export function filterCode(problem: FilterProblem, instrument: Instrument, { side, price, trigger }: FilteredOrder): number {
  switch (problem) {
    case 'below_min_quantity':
      return -4004;
    case 'above_max_quantity':
      return -4005;
    case 'price_out_of_range': {
      const isPrice = price !== null && (price < instrument.minPrice || price > instrument.maxPrice);
      if (isPrice) return price < instrument.minPrice ? -4013 : -4002;
      return trigger !== null && trigger < instrument.minPrice ? -4006 : -4007;
    }
    case 'price_band':
      return side === 'buy' ? -4016 : -4024;
    case 'below_min_notional':
      return -4164;
    default:
      throw new RangeError(`unknown problem ${String(problem satisfies never)}`);
  }
}

/** A parameter that has to be there. @throws VenueError -1102 */
export function mandatory(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw missing(name);
  return value;
}
function missing(name: string): VenueError {
  return new VenueError(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);
}

/** BINANCE USDⓈ-M: a trailing stop's callbackRate, in 1e-8, and how far ahead a goodTillDate has to be. */
const [LEAST_CALLBACK, MOST_CALLBACK] = [100_000, 10_000_000];
const LEAST_GTD_MS = 600_000;

function decimal(field: string, text: string): Decimal {
  try {
    return parseDecimal(text);
  } catch {
    throw new VenueError(-1100, `Illegal characters found in parameter '${field}'; legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'.`);
  }
}
