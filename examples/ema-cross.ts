import { defineStrategy, ema, int } from '@orrery/core';

// Long while the fast average of the closes is above the slow one, short otherwise.
export default defineStrategy({
  id: 'my-ema-cross',
  // Each parameter: its default and the bounds that a flag or a sweep may not leave.
  params: { fast: int(12, { min: 2, max: 200 }), slow: int(26, { min: 3, max: 400 }) },
  // What has to be computed. `decide` is first called when every feature has a value.
  features: ({ fast, slow }) => ({ fast: ema('close', fast), slow: ema('close', slow) }),
  // Called once for each closed candle of each symbol. 1 is all of the symbol's part of the account long, −1 all of it
  // short. The order fills at the open of the next candle; asking for what was asked for last does nothing.
  decide: ({ features, desk }) => desk.target(features.fast > features.slow ? 1 : -1),
});
