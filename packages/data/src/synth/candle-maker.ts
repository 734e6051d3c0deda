import { POWERS_OF_TEN } from '../dataset/decimals.ts';
import { CLOSE, COUNT, HIGH, LOW, OPEN, QUOTE_VOLUME, TAKER_QUOTE_VOLUME, TAKER_VOLUME, VOLUME, type Rows } from '../dataset/rows.ts';
import type { DayShape } from './day-shape.ts';
import { drawFrom, mixingTables } from './mixing-table.ts';
import type { Random } from './random.ts';
import { STEPS, type Shocks } from './shocks.ts';

/** How a made-up symbol trades. */
export interface SymbolProfile {
  readonly price: number;
  readonly priceDecimals: number;
  readonly volumeDecimals: number;
  /** Average volume of a minute, base asset. */
  readonly minuteVolume: number;
  /** Standard deviation of a day's return. */
  readonly dailyVolatility: number;
}

/** Share of a symbol's variance that the whole market has in common; real ones of 2025 correlate at about 0.7 in 5m candles. */
const COMMON_SHARE = 0.72;
const MINUTES_A_DAY = 1440;
/** Bounding the news in the variance takes about a third of the volatility away; this gives it back. */
const CLIPPED = 1.45;
/** How far trades between two steps reach beyond them, in standard deviations of a step. */
const REACH = 0.2;
/** A quantity traded at once, as a part of a minute's volume: gives trade counts that grow with volume. */
const TRADE_SHARE = 1 / 400;

/** Turns shocks into one-minute candles on the tick grid and adds them up to candles of any length. */
export class CandleMaker {
  /** Price before rounding to ticks. */
  price: number;
  readonly #profile: SymbolProfile;
  readonly #shape: DayShape;
  readonly #random: Random;
  readonly #gammas: Float64Array = mixingTables().gamma;
  readonly #own: Shocks;
  readonly #market: Shocks | null;
  readonly #scale: number;
  readonly #lots: number;
  readonly #minuteVolatility: number;
  readonly #rows: Rows;
  readonly #withTrades: boolean;
  readonly #open: Float64Array;
  readonly #high: Float64Array;
  readonly #low: Float64Array;
  readonly #close: Float64Array;
  readonly #volume: Float64Array;

  /**
   * Writes into `rows`; quote volume, count and taker volumes only `withTrades`. `market` is advanced by the caller, once a
   * minute for all symbols; null makes the symbol stand alone.
   */
  constructor(
    rows: Rows,
    withTrades: boolean,
    profile: SymbolProfile,
    shape: DayShape,
    random: Random,
    own: Shocks,
    market: Shocks | null,
  ) {
    this.#rows = rows;
    this.#withTrades = withTrades;
    this.#open = rows.columns[OPEN];
    this.#high = rows.columns[HIGH];
    this.#low = rows.columns[LOW];
    this.#close = rows.columns[CLOSE];
    this.#volume = rows.columns[VOLUME];
    this.price = profile.price;
    this.#profile = profile;
    this.#shape = shape;
    this.#random = random;
    this.#own = own;
    this.#market = market;
    this.#scale = POWERS_OF_TEN[profile.priceDecimals];
    this.#lots = POWERS_OF_TEN[profile.volumeDecimals];
    this.#minuteVolatility = (profile.dailyVolatility * CLIPPED) / Math.sqrt(MINUTES_A_DAY);
  }

  /** Adds one minute to row `row`; `isFirst` starts the candle anew. */
  addMinute(row: number, minuteOfDay: number, isFirst: boolean): void {
    const random = this.#random;
    const own = this.#own;
    own.next();
    const sigma = this.#minuteVolatility * this.#shape.volatility[minuteOfDay];
    const market = this.#market;
    const ownShare = market === null ? sigma : sigma * Math.sqrt(1 - COMMON_SHARE);
    const marketShare = sigma * Math.sqrt(COMMON_SHARE);
    const open = this.price;
    let high = open;
    let low = open;
    let price = open;
    for (let s = 0; s < STEPS; s++) {
      const common = market === null ? 0 : marketShare * market.steps[s];
      price *= 1 + clampReturn(ownShare * own.steps[s] + common);
      if (price > high) high = price;
      if (price < low) low = price;
    }
    this.price = price;
    const turbulence = market === null ? own.volatility : 0.5 * (own.volatility + market.volatility);
    const reach = price * sigma * turbulence * REACH;
    high += Math.abs(random.normal()) * reach;
    low = Math.max(low - Math.abs(random.normal()) * reach, low * 0.5);
    const activity = (high - low) / (open * sigma);
    this.#write(row, isFirst, open, high, low, price, this.#drawVolume(minuteOfDay, activity));
  }

  #drawVolume(minuteOfDay: number, activity: number): number {
    const random = this.#random;
    const noise = drawFrom(this.#gammas, random);
    const volume =
      this.#profile.minuteVolume * this.#shape.volume[minuteOfDay] * activity * (0.25 + 0.45 * activity) * (0.15 + 0.85 * noise) * 0.55;
    return Math.max(1, Math.round(volume * this.#lots)) / this.#lots;
  }

  #write(row: number, isFirst: boolean, open: number, high: number, low: number, close: number, volume: number): void {
    const scale = this.#scale;
    const o = Math.max(1, Math.round(open * scale)) / scale;
    const h = Math.max(1, Math.round(high * scale)) / scale;
    const l = Math.max(1, Math.round(low * scale)) / scale;
    const c = Math.max(1, Math.round(close * scale)) / scale;
    if (isFirst) {
      this.#open[row] = o;
      this.#high[row] = h;
      this.#low[row] = l;
      this.#volume[row] = volume;
    } else {
      if (h > this.#high[row]) this.#high[row] = h;
      if (l < this.#low[row]) this.#low[row] = l;
      this.#volume[row] = Math.round((this.#volume[row] + volume) * this.#lots) / this.#lots;
    }
    this.#close[row] = c;
    // Buyers take more when the price rises; half where nothing moved.
    if (this.#withTrades) this.#writeTrades(row, (o + h + l + c) / 4, h > l ? (0.35 * (c - o)) / (h - l) : 0, volume);
  }

  #writeTrades(row: number, price: number, tilt: number, volume: number): void {
    const { columns } = this.#rows;
    const quote = volume * price;
    const taken = Math.round(volume * (0.5 + tilt) * this.#lots) / this.#lots;
    columns[QUOTE_VOLUME][row] = addCents(columns[QUOTE_VOLUME][row], quote);
    columns[COUNT][row] += 1 + Math.floor(volume / (this.#profile.minuteVolume * TRADE_SHARE));
    columns[TAKER_VOLUME][row] = Math.round((columns[TAKER_VOLUME][row] + taken) * this.#lots) / this.#lots;
    columns[TAKER_QUOTE_VOLUME][row] = addCents(columns[TAKER_QUOTE_VOLUME][row], taken * price);
  }
}

/** Sum to four decimals, as the venue states quote volumes. */
function addCents(sum: number, more: number): number {
  return Math.round((sum + more) * 1e4) / 1e4;
}

/** Keeps a price from falling to nothing in one step. */
function clampReturn(value: number): number {
  return value > 0.5 ? 0.5 : value < -0.35 ? -0.35 : value;
}
