import type { InstrumentId, Lots, RateE8, Sats, Ticks } from '../units.ts';
import { createBracketTable, UNKNOWN_BRACKETS, type BracketTable, type LeverageBracket } from '../venue/brackets.ts';
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
  /** PRICE_FILTER.minPrice, maxPrice. Absent: any price. */
  readonly minPrice?: string;
  readonly maxPrice?: string;
  /** PERCENT_PRICE: a buy may cost at most this multiple of the mark price, a sell at least that one. Absent: anything. */
  readonly multiplierUp?: string;
  readonly multiplierDown?: string;
  /** MAX_NUM_ORDERS.limit. Absent: 200. */
  readonly maxNumOrders?: number;
  /** Largest difference of mark and last price, as a part of the mark, at which a protected trigger goes off. Absent: none. */
  readonly triggerProtect?: string;
  /** Largest difference from the mark price, as a part of it, at which a market order fills. Absent: none. */
  readonly marketTakeBound?: string;
  /** Clearance fee of a liquidation, part of the liquidated value. Absent: 0.0125. */
  readonly liquidationFee?: string;
  /** Absent: {@link UNKNOWN_BRACKETS}. */
  readonly brackets?: readonly LeverageBracket[];
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
  readonly minPrice: Ticks;
  /** Infinity where there is no such bound; so are the three rates below. */
  readonly maxPrice: Ticks;
  readonly multiplierUp: RateE8;
  /** 0 where there is no such bound. */
  readonly multiplierDown: RateE8;
  readonly maxNumOrders: number;
  readonly triggerProtect: RateE8;
  readonly marketTakeBound: RateE8;
  readonly liquidationFee: RateE8;
  readonly brackets: BracketTable;
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
    minPrice: (filters.minPrice === undefined
      ? 1
      : Math.max(1, stepsIn(notNegative(filters.symbol, 'minPrice', filters.minPrice), tick, 'up'))) as Ticks,
    maxPrice: (filters.maxPrice === undefined
      ? Infinity
      : stepsIn(positive(filters.symbol, 'maxPrice', filters.maxPrice), tick, 'down')) as Ticks,
    multiplierUp: rate('multiplierUp', filters, Infinity),
    multiplierDown: rate('multiplierDown', filters, 0),
    maxNumOrders: filters.maxNumOrders ?? DEFAULT_MAX_ORDERS,
    triggerProtect: rate('triggerProtect', filters, Infinity),
    marketTakeBound: rate('marketTakeBound', filters, Infinity),
    liquidationFee: rate('liquidationFee', filters, DEFAULT_LIQUIDATION_FEE),
    brackets: createBracketTable(filters.symbol, filters.brackets ?? UNKNOWN_BRACKETS),
    fees,
  };
}

/** Binance's MAX_NUM_ORDERS of most symbols. */
const DEFAULT_MAX_ORDERS = 200;
/** 1.25 %: BINANCE USDⓈ-M exchangeInfo, liquidationFee of BTCUSDT and ETHUSDT in 2026. */
const DEFAULT_LIQUIDATION_FEE = 1_250_000;

function rate(
  field: 'multiplierUp' | 'multiplierDown' | 'triggerProtect' | 'marketTakeBound' | 'liquidationFee',
  filters: SymbolFilters,
  absent: number,
): RateE8 {
  const text = filters[field];
  return (text === undefined ? absent : stepsIn(notNegative(filters.symbol, field, text), SAT, 'up')) as RateE8;
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

/** Sats that one lot is worth for each unit of a price in the quote asset; mark prices are no whole ticks. */
export function satsPerPrice({ tickLotSats, priceScale, tick }: Instrument): number {
  return (tickLotSats * priceScale) / tick.units;
}

/** Value of a quantity at a price, in sats. Exact while it is below 2^53. */
export function notionalSats(instrument: Instrument, lots: Lots, price: Ticks): Sats {
  return (Math.abs(lots) * price * instrument.tickLotSats) as Sats;
}
