import { defineStrategy, ema, on, rsi } from '@orrery/core';

// Buys weakness within an upward trend: the trend is read from hours, the weakness from the candles of the run.
export default defineStrategy({
  id: 'my-multi-timeframe',
  features: () => ({
    strength: rsi('close', 14),
    // The hour's value changes when the hour has closed, never within it, so nothing of it is known too early.
    trend: on(ema('close', 20), '1h'),
  }),
  decide({ features, candle, desk }) {
    const isUpward = candle.close() > features.trend;
    if (isUpward && features.strength < 35) desk.target(1);
    // Between the two levels nothing is asked for, and the position stays as it is.
    else if (!isUpward || features.strength > 65) desk.target(0);
  },
});
