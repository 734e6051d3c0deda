import type { AccountSummary, ResultBounds, TradeRow, VenueReference } from '@orrery/core';
import type { MarketData } from '../market-data.ts';
import type { RunRequest } from '../run-request.ts';
import { boundsWarning } from './bounds.ts';
import { missingModels } from './missing-models.ts';
import type { Refusals } from './refusals.ts';
import type { Simulation } from './simulate.ts';
import { shortWarning, type ShortTape } from './too-short.ts';
import { venueWarnings } from './venue-warnings.ts';

/** What a run's warnings are drawn from. */
export interface WarningInput {
  readonly request: RunRequest;
  readonly run: Simulation;
  /** Symbols that the strategy never decides on. */
  readonly short: readonly ShortTape[];
  readonly market: MarketData;
  readonly account: AccountSummary;
  readonly trades: readonly TradeRow[];
  readonly bounds: ResultBounds | null;
  readonly venue: VenueReference;
  /** Orders that the gate held back, by reason. */
  readonly denied: Readonly<Record<string, number>>;
  readonly refusals: Refusals;
}

/** What a reader has to know before believing the numbers; one sentence each. */
export function runWarnings(input: WarningInput): readonly string[] {
  const { request, run, short, market, account, trades, bounds, denied, refusals } = input;
  const { ambiguousCandles, idleCandles } = run.venue;
  const given = request.models.map(({ name }) => name);
  const found: (string | null)[] = [
    market.synthetic ? 'the candles are synthetic: the result says nothing about any market' : null,
    ...missingModels(request.strategy, given),
    run.engine.desk.isHalted ? 'equity reached zero: positions were closed and trading ended there' : null,
    liquidationWarning(account),
    settlementWarning(trades),
    ...byReason(denied, (orders) => `${orders} never left`),
    ...byReason(refusals.orders, (orders) => `the venue refused ${orders}`),
    ...byReason(refusals.amendments, (_, count) => `the venue refused to change ${plural(count, 'order')}`),
    ...byReason(refusals.leverages, (_, count) => `the venue refused ${plural(count, 'leverage')}`),
    idleCandles > 0 ? `orders waited through ${idleCandles} candles in which nothing was traded` : null,
    boundsWarning(bounds, account.startEquity, ambiguousCandles),
    ...venueWarnings(input),
    shortWarning(request.strategy.id, short, request.symbols),
    trades.length === 0 ? 'the strategy never traded' : null,
  ];
  return found.filter((text) => text !== null);
}

function liquidationWarning({ liquidations, liquidationFees, absorbed }: AccountSummary): string | null {
  if (liquidations === 0) return null;
  const fund = Number(absorbed) === 0 ? '' : `, and losses of ${absorbed} USDT that the insurance fund took over`;
  return `the venue liquidated ${plural(liquidations, 'position')} or parts of ${liquidations === 1 ? 'it' : 'them'}: clearance fees of ${liquidationFees} USDT${fund}`;
}

function settlementWarning(trades: readonly TradeRow[]): string | null {
  const settled = trades.filter(({ exitReason }) => exitReason === 'delisted').length;
  return settled === 0
    ? null
    : `${plural(settled, 'position')} ${settled === 1 ? 'was' : 'were'} settled at the last price of a symbol that ended`;
}

function byReason(counts: Readonly<Record<string, number>>, text: (orders: string, count: number) => string): readonly string[] {
  return Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, count]) => `${text(plural(count, 'order'), count)}: ${reason.replaceAll('_', ' ')}`);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
