import { defineStrategy, type Market, type StrategyDefinition } from '@orrery/core';

// Planted bug: closes over an array of all candles and reads the one after the candle that it decides on. As it gets its
// array from the market under test, the future can be taken away from that array, too.
export default function knowsAllCandles(market: Market): StrategyDefinition {
  const closes = market.symbols.map(({ rows }) => rows.map(({ close }) => close));
  return defineStrategy({
    id: 'knows-all-candles',
    features: () => ({}),
    decide({ candle, desk }) {
      const [now = 0, next = now] = (closes[candle.instrument] ?? []).slice(candle.row);
      desk.target(next > now ? 1 : -1);
    },
  });
}
