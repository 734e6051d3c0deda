import { INTERVAL_MS, type Interval } from '../market/interval.ts';
import type { Arbitrary } from './arbitrary.ts';
import { hostileMarket, MARKET_SHAPES, type MarketShape } from './hostile-market.ts';
import { pickSymbols, withRows, type Market } from './market.ts';
import { plainerMarkets } from './plainer.ts';

export interface MarketOptions {
  /** Length of a candle; default 5m. */
  readonly interval?: Interval;
  /** Candles of the symbol that is there from the beginning; default 160. */
  readonly frames?: number;
  /** Most symbols; default 3. */
  readonly symbols?: number;
  /** What the market is made of; default: everything in {@link MARKET_SHAPES}. */
  readonly shapes?: readonly MarketShape[];
}

/**
 * Markets as unpleasant as real ones have been. They shrink towards one symbol, few candles, candles without wicks and round
 * prices.
 * @throws RangeError when `shapes` is empty
 */
export function markets(options: MarketOptions = {}): Arbitrary<Market> {
  const { interval = '5m', frames = 160, symbols = 3, shapes = MARKET_SHAPES } = options;
  if (shapes.length === 0) throw new RangeError('markets: shapes is empty; leave it out for all of them');
  return {
    generate: (random) =>
      hostileMarket(random.int(0, 0x7fff_ffff), INTERVAL_MS[interval], frames, random.int(1, Math.max(1, symbols)), shapes),
    shrink: function* (market) {
      yield* smallerMarkets(market);
      yield* plainerMarkets(market);
    },
  };
}

/** The market without each of its symbols, then without stretches of candles of ever smaller length, from the end. */
function* smallerMarkets(market: Market): Generator<Market> {
  const ids = market.symbols.map((_, id) => id);
  for (const without of ids.length > 1 ? ids.toReversed() : []) {
    yield pickSymbols(
      market,
      ids.filter((id) => id !== without),
    );
  }
  for (const id of ids) {
    const { length } = market.symbols[id].rows;
    for (let size = Math.ceil(length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let end = length; end > 0; end -= size) {
        yield withRows(market, (_, symbol, k) => symbol !== id || k < end - size || k >= end);
      }
    }
  }
}
