import {
  atr,
  bollingerLower,
  bollingerMiddle,
  bollingerUpper,
  choice,
  defineStrategy,
  ema,
  int,
  number,
  on,
  type StrategyDefinition,
} from '@orrery/core';
import { follow, isEntering, noOrders } from './orders-under-way.ts';
import { enter, mayBuy, maySell } from './protected-entry.ts';

/**
 * Fades a close outside of the band and leaves at its middle. With a trend interval it buys only above, and sells only below,
 * the average of that interval's closed candles.
 * Source of the band: Bollinger, "Bollinger on Bollinger Bands" (2001): 20 candles, 2 standard deviations.
 */
export const bollingerReversion: StrategyDefinition = defineStrategy({
  id: 'bollinger-reversion',
  description:
    'Fades a close outside the band, with a stop by average range; exits at the middle. Optional trend filter on a higher interval.',
  params: {
    length: int(20, { min: 2, max: 1000 }),
    deviations: number(2, { min: 0.1, max: 10 }),
    range: int(14, { min: 1, max: 1000 }),
    stop: number(2, { min: 0.1, max: 50 }),
    trend: choice('none', '15m', '1h', '4h', '1d'),
    trendLength: int(50, { min: 1, max: 1000 }),
    direction: choice('both', 'long', 'short'),
  },
  features({ length, deviations, range, trend, trendLength }) {
    const middle = bollingerMiddle('close', length);
    return {
      upper: bollingerUpper('close', length, deviations),
      middle,
      lower: bollingerLower('close', length, deviations),
      range: atr(range),
      // Without a filter this is not read, and costs nothing as the same column is there already.
      trend: trend === 'none' ? middle : on(ema('close', trendLength), trend),
    };
  },
  state: noOrders,
  decide({ features, desk, candle, params, state }) {
    if (isEntering(state, desk)) return;
    const price = candle.close();
    if (!desk.isFlat) {
      const isBack = desk.position > 0 ? price >= features.middle : price <= features.middle;
      if (isBack) desk.close();
      return;
    }
    const isFree = params.trend === 'none';
    const protection = { close: price, stop: params.stop * features.range, target: 0 };
    if (price < features.lower && mayBuy(params.direction) && (isFree || price > features.trend)) enter(state, desk, 1, protection);
    else if (price > features.upper && maySell(params.direction) && (isFree || price < features.trend)) enter(state, desk, -1, protection);
  },
  onFact: ({ fact, state }) => follow(state, fact),
});
