import type { Interval } from '@orrery/core';
import { INTERVAL_MS } from '@orrery/core';
import { CLOSE, createRows, FUNDING, HOURS, KLINES, OPEN, RATE, type Rows } from '../dataset/rows.ts';
import { CandleMaker, type SymbolProfile } from './candle-maker.ts';
import { dayShape } from './day-shape.ts';
import { Random } from './random.ts';
import { Shocks } from './shocks.ts';

const MINUTE = 60_000;
const MINUTES_A_DAY = 1440;
const FUNDING_MS = 8 * 60 * MINUTE;
/** The perpetual trades a little below the index, so that the formula gives 0.01 % in about half the periods and less in the others. */
const USUAL_PREMIUM = -0.00042;

/** Streams of a seed: the market's, then three for each symbol. */
const MARKET_STREAM = 0;
const streamOf = (symbol: number, part: number): number => 1 + 3 * symbol + part;

/** What to make: `count` candles for each profile, the first opening at `from` (ms UTC, a whole minute). */
export interface CandleRecipe {
  readonly profiles: readonly SymbolProfile[];
  readonly interval: Interval;
  readonly from: number;
  readonly count: number;
  readonly seed: number;
  /** Whether quote volume, count and taker volumes are filled as well. */
  readonly withTrades: boolean;
}

/** Candles of several symbols, moved by a common market. A longer interval gives the same minutes, added up. */
export function makeCandles({ profiles, interval, from, count, seed, withTrades }: CandleRecipe): Rows[] {
  const market = profiles.length > 1 ? new Shocks(new Random(seed, MARKET_STREAM)) : null;
  const shape = dayShape();
  const all = profiles.map(() => createRows(KLINES, count));
  const makers = profiles.map((profile, s) => {
    const own = new Shocks(new Random(seed, streamOf(s, 1)));
    return new CandleMaker(all[s], withTrades, profile, shape, new Random(seed, streamOf(s, 0)), own, market);
  });
  const minutes = INTERVAL_MS[interval] / MINUTE;
  let minuteOfDay = Math.floor(from / MINUTE) % MINUTES_A_DAY;
  for (let row = 0; row < count; row++) {
    for (const rows of all) {
      rows.time[row] = from + row * INTERVAL_MS[interval];
      rows.length++;
    }
    for (let minute = 0; minute < minutes; minute++) {
      market?.next();
      for (let s = 0; s < makers.length; s++) makers[s].addMinute(row, minuteOfDay, minute === 0);
      minuteOfDay = minuteOfDay + 1 === MINUTES_A_DAY ? 0 : minuteOfDay + 1;
    }
  }
  return all;
}

/**
 * Funding every eight hours for candles: a premium that follows the last eight hours' return, reverts to its mean and is noisy, put
 * through the venue's formula: rate = premium + clamp(0.01 % − premium, ±0.05 %), here capped at 2 %.
 */
export function makeFunding(candles: Rows, symbol: number, seed: number): Rows {
  const random = new Random(seed, streamOf(symbol, 2));
  const first = Math.ceil(candles.time[0] / FUNDING_MS) * FUNDING_MS;
  const last = candles.time[candles.length - 1];
  const rows = createRows(FUNDING, Math.max(0, Math.floor((last - first) / FUNDING_MS) + 1));
  let deviation = 0;
  let before = candles.columns[OPEN][0];
  let row = 0;
  for (let time = first; time <= last; time += FUNDING_MS) {
    while (row + 1 < candles.length && candles.time[row + 1] <= time) row++;
    const price = candles.columns[CLOSE][row];
    deviation = 0.8 * deviation + 0.01 * (price / before - 1) + 0.00008 * random.normal();
    before = price;
    const premium = USUAL_PREMIUM + deviation;
    const rate = premium + Math.min(Math.max(0.0001 - premium, -0.0005), 0.0005);
    rows.time[rows.length] = time + (random.bits() % 12);
    rows.columns[HOURS][rows.length] = 8;
    rows.columns[RATE][rows.length] = Math.round(Math.min(Math.max(rate, -0.02), 0.02) * 1e8) / 1e8;
    rows.length++;
  }
  return rows;
}
