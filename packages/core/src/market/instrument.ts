import type { InstrumentId, Lots, RateE8, Sats, Ticks } from '../units.ts';
import { formatDecimal, parseDecimal, type Decimal } from './decimal.ts';

/** A symbol's trading filters as the venue's exchangeInfo states them: decimal texts (BINANCE USDⓈ-M, GET /fapi/v1/exchangeInfo). */
export interface SymbolFilters {
  readonly symbol: string;
  /** PRICE_FILTER.tickSize */
  readonly tickSize: string;
  /** LOT_SIZE.stepSize, minQty, maxQty */
  readonly stepSize: string;
  readonly minQty: string;
  readonly maxQty: string;
  /** MARKET_LOT_SIZE.maxQty */
  readonly marketMaxQty: string;
  /** MIN_NOTIONAL.notional, in quote asset */
  readonly minNotional: string;
}

/** What the account pays: parts of the notional in 1e-8 (0.05 % is 50,000). */
export interface FeeRates {
  readonly maker: RateE8;
  readonly taker: RateE8;
}

/** An instrument of the run, every filter in integers. */
export interface Instrument {
  readonly id: InstrumentId;
  readonly symbol: string;
  readonly tick: Decimal;
  readonly step: Decimal;
  /** 10^tick.decimals, so that price = ticks · tick.units / priceScale exactly as a venue's text parses. */
  readonly priceScale: number;
  readonly qtyScale: number;
  /** Value of one tick times one lot, in sats. */
  readonly tickLotSats: number;
  readonly minLots: Lots;
  readonly maxLots: Lots;
  readonly marketMaxLots: Lots;
  readonly minNotional: Sats;
  readonly fees: FeeRates;
}

/**
 * Bounds that lie between two steps are taken inwards.
 * @throws RangeError when a filter is no positive decimal (minQty and minNotional may be 0), or one tick times one lot is no whole number of sats.
 */
export function createInstrument(id: InstrumentId, filters: SymbolFilters, fees: FeeRates): Instrument {
  const tick = positive(filters.symbol, 'tickSize', filters.tickSize);
  const step = positive(filters.symbol, 'stepSize', filters.stepSize);
  const spare = 8 - tick.decimals - step.decimals;
  if (spare < 0) {
    throw new RangeError(`${filters.symbol}: tickSize ${filters.tickSize} times stepSize ${filters.stepSize} is finer than 1e-8 USDT`);
  }
  const qtyScale = 10 ** step.decimals;
  return {
    id,
    symbol: filters.symbol,
    tick,
    step,
    priceScale: 10 ** tick.decimals,
    qtyScale,
    tickLotSats: tick.units * step.units * 10 ** spare,
    minLots: stepsIn(notNegative(filters.symbol, 'minQty', filters.minQty), step, 'up') as Lots,
    maxLots: stepsIn(positive(filters.symbol, 'maxQty', filters.maxQty), step, 'down') as Lots,
    marketMaxLots: stepsIn(positive(filters.symbol, 'marketMaxQty', filters.marketMaxQty), step, 'down') as Lots,
    minNotional: stepsIn(notNegative(filters.symbol, 'minNotional', filters.minNotional), SAT, 'up') as Sats,
    fees,
  };
}

function positive(symbol: string, field: string, text: string): Decimal {
  const value = parseDecimal(text);
  if (value.units <= 0) throw new RangeError(`${symbol}: ${field} must be above 0, got ${text}`);
  return value;
}

function notNegative(symbol: string, field: string, text: string): Decimal {
  const value = parseDecimal(text);
  if (value.units < 0) throw new RangeError(`${symbol}: ${field} must not be below 0, got ${text}`);
  return value;
}

const SAT: Decimal = { units: 1, decimals: 8 };

/** Whole steps in a value; exact. */
function stepsIn(value: Decimal, step: Decimal, rounding: 'up' | 'down'): number {
  const dividend = BigInt(value.units) * 10n ** BigInt(step.decimals);
  const divisor = BigInt(step.units) * 10n ** BigInt(value.decimals);
  return Number((dividend + (rounding === 'up' ? divisor - 1n : 0n)) / divisor);
}

/** The nearest tick of a price. */
export function toTicks(instrument: Instrument, price: number): Ticks {
  return Math.round((price * instrument.priceScale) / instrument.tick.units) as Ticks;
}

/** The very float that the venue's decimal text parses to, so that comparisons with candle columns are exact. */
export function toPrice(instrument: Instrument, ticks: Ticks): number {
  return (ticks * instrument.tick.units) / instrument.priceScale;
}

/** A price as the venue writes it, e.g. `"93548.8"` for tick size 0.1. */
export function formatPrice(instrument: Instrument, ticks: Ticks): string {
  return formatDecimal(ticks * instrument.tick.units, instrument.tick.decimals);
}

/** A quantity as the venue writes it. */
export function formatQuantity(instrument: Instrument, lots: Lots): string {
  return formatDecimal(lots * instrument.step.units, instrument.step.decimals);
}

/** An amount in the quote asset with all eight decimals. */
export function formatSats(amount: Sats): string {
  return formatDecimal(amount, 8);
}

/** Value of a quantity at a price, in sats. Exact while it is below 2^53. */
export function notionalSats(instrument: Instrument, lots: Lots, price: Ticks): Sats {
  return (Math.abs(lots) * price * instrument.tickLotSats) as Sats;
}
