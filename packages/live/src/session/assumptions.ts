/** What the simulated venue of a paper run takes for granted: the same as in the backtest that was promoted. */
export { venueAssumptionsOf as assumptionsOf } from '@orrery/core';
