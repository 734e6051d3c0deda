import type { Assumptions, FillPath, VenueConfig, VenueReference } from '@orrery/core';
import type { MarketData } from '../market-data.ts';
import type { RunRequest } from '../run-request.ts';
import { dayText } from './day-text.ts';

const READINGS: Readonly<Record<FillPath, string>> = {
  pessimistic: 'the worse of the two',
  heuristic: 'the one that visits the extreme nearer to the open first',
  optimistic: 'the better of the two',
};

/** What a result takes for granted, one sentence each, in words a reader can disagree with. */
export function describeAssumptions(request: RunRequest, market: MarketData, reference: VenueReference): Assumptions {
  return {
    fees: fees(request),
    funding: funding(market, reference),
    slippage: slippage(request),
    fills: fills(request, reference),
    margin: margin(request, market, reference),
    filters: filters(request.venue, reference),
  };
}

function fees({ makerFeeBps, takerFeeBps, venue: { feeTier, bnbDiscount } }: RunRequest): string {
  const tier = feeTier === null ? '' : ` (tier ${feeTier} of the fee schedule)`;
  const bnb = bnbDiscount
    ? 'paid in BNB, for which a tenth is off already; what the BNB was bought for is not known, so they are booked in USDT'
    : 'no BNB discount';
  return `maker ${makerFeeBps} bps, taker ${takerFeeBps} bps of the notional per fill${tier}, rounded up to 1e-8 USDT; ${bnb}; a liquidation pays the symbol's clearance fee instead`;
}

function funding({ funding: series }: MarketData, reference: VenueReference): string {
  const funded = series.filter(({ times }) => times.length > 0).length;
  if (funded === 0) return 'none charged: the dataset has no funding rates';
  const at =
    reference.markRows === 0
      ? "at that candle's open, because the dataset has no mark prices"
      : reference.markRows < reference.rows
        ? "at the mark price where the dataset has it, else at that candle's open"
        : 'at the mark price';
  return `charged for ${funded} of ${series.length} symbols at the recorded times, on the position held before the first candle at or after each, valued ${at}`;
}

function slippage({ slippageBps, venue: { spreadBps, impactBps } }: RunRequest): string {
  const parts = [
    slippageBps === 0 ? '' : `${slippageBps} bps`,
    spreadBps === 0 ? '' : `half a spread of ${spreadBps} bps`,
    impactBps === 0 ? '' : `an impact of ${impactBps} bps times the root of the order's part in the candle's volume`,
  ].filter((part) => part !== '');
  if (parts.length === 0) return "none: what takes is filled at the candle's price, whatever its size; no spread, no depth of the book";
  return `${parts.join(' and ')} against every market, stop and take-profit fill, rounded up to a tick, never beyond the candle's range`;
}

function fills({ fills: path, venue }: RunRequest, { fineCandles }: VenueReference): string {
  const { latencyMs, limitFill, maxVolumeShare } = venue;
  const [least, most] = latencyMs;
  const late = least === most ? `${most} ms` : `${least} to ${most} ms, drawn with the seed,`;
  const sentences = [
    most === 0
      ? 'orders placed at a close first meet the next candle; market orders fill at its open'
      : `orders reach the venue ${late} after the close that they were decided at, each third of a candle's time being one leg of its path; market orders fill at the price of that moment`,
    limitFill === 'through' ? 'limits need the price to go through them' : 'limits fill at a touch, as if first in the queue',
    'stops fill at the worse of open and trigger',
    maxVolumeShare === 0
      ? 'whole orders fill whatever the volume'
      : `all orders of a symbol together fill at most ${percent(maxVolumeShare)} of a candle's volume, what is left goes on`,
    'nothing fills in a candle without volume',
    ...(fineCandles === 0 ? [] : ['candles that finer ones cover wholly are walked along those']),
    `of the two orders in which a candle can visit its extremes, ${READINGS[path]} is taken`,
  ];
  return sentences.join('; ');
}

function margin({ maxLeverage, venue }: RunRequest, market: MarketData, reference: VenueReference): string {
  const { marginMode, hedgeMode, leverage } = venue;
  const { brackets, withoutBrackets, markRows, rows } = reference;
  const mark =
    markRows === 0
      ? 'traded prices, for want of mark prices,'
      : markRows < rows
        ? 'mark prices, traded ones where they are missing,'
        : 'mark prices';
  const source =
    brackets === null || withoutBrackets.length === market.tapes.length
      ? '2.5 % of any position, for want of a bracket table'
      : `by the bracket table of ${dayText(brackets.time)} whatever the date of the candle`;
  return [
    `${marginMode} margin in ${hedgeMode ? 'hedge' : 'one-way'} mode at ${leverage}x, or the most that a symbol's brackets allow`,
    `gross position value is held to ${maxLeverage} times equity for new orders`,
    `maintenance margin is ${source}`,
    `liquidation where ${mark} reach it, bracket by bracket, at the traded price of that moment and without slippage`,
    'no auto-deleveraging of the account',
  ].join('; ');
}

function filters({ universe }: VenueConfig, { filters: table }: VenueReference): string {
  const known =
    table === null
      ? "today's tick, step and notional filters of each symbol, or those its data shows where it has none"
      : `each symbol's filters of ${dayText(table.time)} whatever the date of the candle, or those its data shows where the table has none`;
  if (universe === null) return known;
  return `${known}; entries only in the top ${universe.top} symbols of the run by quote volume over the ${universe.trailingDays} days before each UTC day`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`;
}
