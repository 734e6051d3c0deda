import { parseDecimal, type Decimal, type Instrument, type Lots, type Ticks } from '@orrery/core';
import { stepsIn } from './decimal-text.ts';
import { refusal, VenueError } from './venue-error.ts';

/** Most ticks that a price may have, so that every product of the account stays exact. */
export const MAX_PRICE_TICKS = 1_000_000_000;
/** PERCENT_PRICE of the venue's symbols: how far from the mark a limit may take. */
export const PRICE_BAND = { up: '1.0500', down: '0.9500', decimals: '4' } as const;
const [BAND_UP, BAND_DOWN] = [1.05, 0.95];

const CLIENT_ID = /^[.A-Z:/a-z0-9_-]{1,36}$/;

/** Client order id rule of the venue. @throws VenueError -4015 */
export function checkClientId(id: string): string {
  if (!CLIENT_ID.test(id)) throw refusal(-4015);
  return id;
}

/** A quantity text in lots, held to LOT_SIZE or MARKET_LOT_SIZE. @throws VenueError */
export function parseQuantity(instrument: Instrument, text: string, isMarket: boolean): Lots {
  const { steps, isTooFine } = stepsIn(decimal('quantity', text), instrument.step);
  if (isTooFine) throw refusal(-1111);
  if (steps === null) throw refusal(-4023);
  if (steps <= 0) throw refusal(-4003);
  if (steps < instrument.minLots) throw refusal(-4004);
  if (steps > (isMarket ? instrument.marketMaxLots : instrument.maxLots)) throw refusal(-4005);
  return steps as Lots;
}

/** A price text in ticks, held to PRICE_FILTER. @throws VenueError */
export function parsePrice(instrument: Instrument, field: 'price' | 'triggerPrice', text: string): Ticks {
  const { steps, isTooFine } = stepsIn(decimal(field, text), instrument.tick);
  if (isTooFine) throw refusal(-1111);
  if (steps === null) throw refusal(-4014);
  if (steps < 0) throw refusal(-4001);
  if (steps < 1) throw refusal(-4013);
  if (steps > MAX_PRICE_TICKS) throw refusal(-4002);
  return steps as Ticks;
}

/** Limits may not take far beyond the mark. @throws VenueError */
export function checkPriceBand(isBuy: boolean, price: Ticks, mark: Ticks): void {
  if (isBuy && price > mark * BAND_UP) throw refusal(-4016);
  if (!isBuy && price < mark * BAND_DOWN) throw refusal(-4024);
}

function decimal(field: string, text: string): Decimal {
  try {
    return parseDecimal(text);
  } catch {
    throw new VenueError(-1100, `Illegal characters found in parameter '${field}'; legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'.`);
  }
}
