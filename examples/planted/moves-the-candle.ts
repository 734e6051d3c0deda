import { defineStrategy } from '@orrery/core';

// Planted bug: goes around the types to look at the next candle. The view is moved by nobody but the engine, so this throws.
export default defineStrategy({
  id: 'moves-the-candle',
  features: () => ({}),
  decide({ candle, desk }) {
    const now = candle.close();
    (candle as { row: number }).row += 1;
    desk.target(candle.close() > now ? 1 : -1);
  },
});
