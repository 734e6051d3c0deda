import type { Assumptions, FillPath } from '@orrery/core';
import type { RunRequest } from '../run-request.ts';

const READINGS: Readonly<Record<FillPath, string>> = {
  pessimistic: 'the worse of the two',
  heuristic: 'the one that visits the extreme nearer to the open first',
  optimistic: 'the better of the two',
};

/** What a result takes for granted, one sentence each, in words a reader can disagree with. */
export function describeAssumptions(request: RunRequest, fundedSymbols: number): Assumptions {
  const symbols = request.symbols.length;
  return {
    fees: `maker ${request.makerFeeBps} bps, taker ${request.takerFeeBps} bps of the notional per fill, rounded up to 1e-8 USDT; no rebates, no BNB discount`,
    funding:
      fundedSymbols === 0
        ? 'none charged: the dataset has no funding rates'
        : `charged for ${fundedSymbols} of ${symbols} symbols at the recorded times, on the position held before the first candle at or after each, valued at that candle's open instead of the mark price`,
    slippage:
      request.slippageBps === 0
        ? 'none'
        : `${request.slippageBps} bps against every market, stop and take-profit fill, rounded up to a tick, never beyond the candle's range`,
    fills: `orders placed at a close first meet the next candle; market orders fill at its open; limits need the price to go through them; stops fill at the worse of open and trigger; whole orders fill whatever the volume; nothing fills in a candle without volume; of the two orders in which a candle can visit its extremes, ${READINGS[request.fills]} is taken`,
    margin: `gross position value is held to ${request.maxLeverage} times equity for new orders; no maintenance margin and no liquidation: trading ends when equity reaches zero`,
    filters: "today's tick, step and notional filters of each symbol, or those its data shows where it has none",
  };
}
