import { atr, choice, defineStrategy, donchianLower, donchianUpper, int, lag, number, type StrategyDefinition } from '@orrery/core';
import { follow, isEntering, noOrders } from './orders-under-way.ts';
import { enter, mayBuy, maySell } from './protected-entry.ts';

/**
 * Enters where a close leaves the channel of the candles before it, and leaves at the opposite edge of a shorter channel.
 * Source: Donchian's four-week rule in the form of the Turtle rules (Faith, "Way of the Turtle", 2007): entry 20, exit 10, stop 2 ranges.
 */
export const donchianBreakout: StrategyDefinition = defineStrategy({
  id: 'donchian-breakout',
  description: 'Enters on a close beyond the channel of the candles before, with a stop by average range; exits at a shorter channel.',
  params: {
    entry: int(20, { min: 2, max: 1000 }),
    exit: int(10, { min: 1, max: 1000 }),
    range: int(14, { min: 1, max: 1000 }),
    stop: number(2, { min: 0.1, max: 50 }),
    target: number(0, { min: 0, max: 100 }),
    direction: choice('both', 'long', 'short'),
  },
  check: ({ entry, exit }) => (exit <= entry ? null : `parameter exit is ${exit}; it must not be above entry, which is ${entry}`),
  // A channel that held the candle itself could never be left: its edge is that candle's own high.
  features: ({ entry, exit, range }) => ({
    upper: lag(donchianUpper(entry), 1),
    lower: lag(donchianLower(entry), 1),
    exitUpper: lag(donchianUpper(exit), 1),
    exitLower: lag(donchianLower(exit), 1),
    range: atr(range),
  }),
  state: noOrders,
  decide({ features, desk, candle, params, state }) {
    if (isEntering(state, desk)) return;
    const price = candle.close();
    if (!desk.isFlat) {
      const isOver = desk.position > 0 ? price < features.exitLower : price > features.exitUpper;
      if (isOver) desk.close();
      return;
    }
    const protection = { close: price, stop: params.stop * features.range, target: params.target * features.range };
    if (price > features.upper && mayBuy(params.direction)) enter(state, desk, 1, protection);
    else if (price < features.lower && maySell(params.direction)) enter(state, desk, -1, protection);
  },
  onFact: ({ fact, state }) => follow(state, fact),
});
