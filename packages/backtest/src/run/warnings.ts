import type { ResultBounds } from '@orrery/core';
import type { MarketData } from '../market-data.ts';
import type { Simulation } from './simulate.ts';
import type { OrderTally } from './trade-book.ts';

/** What a reader has to know before believing the numbers; one sentence each. */
export function runWarnings(run: Simulation, market: MarketData, tally: OrderTally, trades: number, bounds: ResultBounds | null): string[] {
  const warnings: string[] = [];
  if (market.synthetic) warnings.push('the candles are synthetic: the result says nothing about any market');
  if (run.engine.desk.isHalted) warnings.push('equity reached zero: positions were closed and trading ended there');
  const denied = Object.entries(tally.denied).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [reason, count] of denied) warnings.push(`${count} order${count === 1 ? '' : 's'} never left: ${reason.replaceAll('_', ' ')}`);
  if (run.venue.idleCandles > 0) warnings.push(`orders waited through ${run.venue.idleCandles} candles in which nothing was traded`);
  if (bounds !== null && bounds.pessimistic !== bounds.optimistic) {
    const { ambiguousCandles } = run.venue;
    warnings.push(
      `${ambiguousCandles} candle${ambiguousCandles === 1 ? '' : 's'} could be read in two ways: end equity lies between ${bounds.pessimistic} and ${bounds.optimistic} USDT`,
    );
  }
  if (trades === 0) warnings.push('the strategy never traded');
  return warnings;
}
