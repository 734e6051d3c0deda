import { createInstrument } from '../market/instrument.ts';
import type { InstrumentId, RateE8 } from '../units.ts';
import { NO_FUNDING, type FundingSeries } from '../venue/funding.ts';
import type { Market, MarketRow, MarketSymbol } from './market.ts';
import { createRandom, type Random } from './random.ts';

/** Monday 2023-11-13 00:00 UTC: every interval, weeks too, begins here. */
const START = 1_699_833_600_000;
const FUNDING_EVERY = 8 * 3_600_000;
/** Ticks; a price never leaves this range, so that no candle is without a price. */
const LOWEST = 2;
const HIGHEST = 4_000_000;

/**
 * What a market is made of, stretch by stretch: walk, rise and fall are everyday; flat stands still, idle trades nothing, spikes
 * are gone within a candle, gap lacks candles, crash falls within one, leap opens elsewhere. What is listed twice comes twice as often.
 */
export const MARKET_SHAPES = ['walk', 'walk', 'rise', 'fall', 'flat', 'idle', 'spikes', 'gap', 'crash', 'leap'] as const;
export type MarketShape = (typeof MARKET_SHAPES)[number];

/** Filters as different as a large coin's and a tiny token's, so that rounding shows. */
const FILTERS = [
  { symbol: 'AAAUSDT', tickSize: '0.10', stepSize: '0.001', minQty: '0.001', maxQty: '1000', marketMaxQty: '120', minNotional: '100' },
  { symbol: 'BBBUSDT', tickSize: '0.0001', stepSize: '1', minQty: '1', maxQty: '1000000', marketMaxQty: '1000000', minNotional: '5' },
  { symbol: 'CCCUSDT', tickSize: '0.05', stepSize: '0.01', minQty: '0.02', maxQty: '100000', marketMaxQty: '5000', minNotional: '20' },
] as const;
const FEES = { maker: 20_000 as RateE8, taker: 50_000 as RateE8 };

/**
 * A market of up to three symbols as unpleasant as real ones have been: stretches without trades, missing candles, spikes
 * that are gone in a candle, crashes, leaps over night, late listings and early ends.
 * @param frames candles of the symbol that is there from the beginning
 * @param shapes what it is made of; not empty
 */
export function hostileMarket(
  seed: number,
  intervalMs: number,
  frames: number,
  symbols: number,
  shapes: readonly MarketShape[] = MARKET_SHAPES,
): Market {
  const random = createRandom(seed);
  const list: MarketSymbol[] = [];
  for (let id = 0; id < symbols; id++) {
    const filters = FILTERS[id % FILTERS.length];
    const name = id < FILTERS.length ? filters.symbol : `${filters.symbol.slice(0, 3)}${id}USDT`;
    const listed = id === 0 ? 0 : random.int(0, Math.floor(frames / 2));
    const ended = id === 0 ? frames : random.int(listed, frames);
    list.push({
      instrument: createInstrument(id as InstrumentId, { ...filters, symbol: name }, FEES),
      rows: rowsOf(random, shapes, intervalMs, listed, Math.max(ended, Math.floor(frames * 0.75))),
      funding: random.next() < 0.5 ? NO_FUNDING : fundingOf(random, intervalMs, frames),
    });
  }
  return { seed, intervalMs, symbols: list };
}

function rowsOf(random: Random, shapes: readonly MarketShape[], intervalMs: number, from: number, to: number): readonly MarketRow[] {
  const rows: MarketRow[] = [];
  let price = random.int(2_000, 60_000);
  const everyday: MarketShape = shapes.includes('walk') ? 'walk' : shapes[0];
  let stretch: MarketShape = everyday;
  let left = random.int(5, 40);
  for (let frame = from; frame < to; frame++) {
    if (left === 0) {
      stretch = shapes[random.int(0, shapes.length - 1)];
      left = stretch === 'gap' ? random.int(1, 12) : random.int(2, 40);
    }
    left -= 1;
    if (stretch === 'gap') continue;
    const open = stretch === 'leap' ? bounded(price * (0.7 + 0.6 * random.next())) : price;
    const close = stretch === 'idle' ? open : nextPrice(random, stretch, open);
    const reach = reachOf(random, stretch);
    const high = stretch === 'idle' ? open : bounded(Math.max(open, close) * (1 + reach * random.next()));
    const low = stretch === 'idle' ? open : bounded(Math.min(open, close) * (1 - reach * random.next()));
    const volume = stretch === 'idle' || random.next() < 0.02 ? 0 : random.int(1, 5_000);
    rows.push({ ts: START + (frame + 1) * intervalMs - 1, open, high, low, close, volume });
    price = close;
    if (stretch === 'crash' || stretch === 'leap') stretch = everyday;
  }
  return rows;
}

function nextPrice(random: Random, stretch: MarketShape, open: number): number {
  const noise = random.next() - 0.5;
  switch (stretch) {
    case 'rise':
      return bounded(open * (1.004 + 0.01 * noise));
    case 'fall':
      return bounded(open * (0.996 + 0.01 * noise));
    case 'crash':
      return bounded(open * (0.3 + 0.5 * random.next()));
    case 'flat':
    case 'idle':
    case 'gap':
      return open;
    case 'walk':
    case 'spikes':
    case 'leap':
      return bounded(open * (1 + 0.02 * noise));
    default:
      throw new RangeError(`unknown stretch ${String(stretch satisfies never)}`);
  }
}

function reachOf(random: Random, stretch: MarketShape): number {
  if (stretch === 'flat') return 0;
  return stretch === 'spikes' && random.next() < 0.3 ? 0.4 : 0.006;
}

function fundingOf(random: Random, intervalMs: number, frames: number): FundingSeries {
  const count = Math.floor((frames * intervalMs) / FUNDING_EVERY);
  const times = Float64Array.from({ length: count }, (_, k) => START + (k + 1) * FUNDING_EVERY);
  return { times, ratesE8: times.map(() => random.int(-300_000, 300_000)) };
}

function bounded(price: number): number {
  return Math.min(HIGHEST, Math.max(LOWEST, Math.round(price)));
}
