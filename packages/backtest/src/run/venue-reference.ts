import type { VenueReference } from '@orrery/core';
import type { MarketData } from '../market-data.ts';
import type { Simulation } from './simulate.ts';

/** What a run took from the venue's tables, and how its prices were come by. */
export function venueReference(run: Simulation, market: MarketData): VenueReference {
  return {
    brackets: market.bracketTable,
    filters: market.filterTable,
    withoutBrackets: market.withoutBrackets,
    markRows: markRows(market),
    rows: run.candles,
    fineCandles: run.venue.fineCandles,
    coarseCandles: run.venue.coarseCandles,
  };
}

/** Rows of all symbols that have a mark price of their own (MARK-1). */
function markRows({ tapes, marks }: MarketData): number {
  let rows = 0;
  for (const [id, { length }] of tapes.entries()) {
    const open = marks[id]?.open;
    if (open === undefined) continue;
    for (let row = 0; row < length; row++) if (!Number.isNaN(open[row] ?? NaN)) rows += 1;
  }
  return rows;
}
