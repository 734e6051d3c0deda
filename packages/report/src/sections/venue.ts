import { factsTable } from './facts-table.ts';
import type { RunResult, TableReference, VenueConfig } from '@orrery/core';
import { formatDay, formatNumber, formatPercent } from '../format/text.ts';
import { html, type Html } from '../html.ts';

/** Symbols named in one cell; the rest are counted. */
const NAMED_SYMBOLS = 20;

/** How the simulated venue was set up, and what it took from dated tables. */
export function venueSection(result: RunResult): Html {
  const recorded = result.venue.rows > 0;
  const rows = [...settings(result.config.venue, result.config.seed), ...(recorded ? references(result) : [])];
  return html`<section aria-labelledby="venue-title">
    <h2 id="venue-title">Venue</h2>
    ${factsTable(rows)}
    ${recorded ? null : html`<p class="empty">The run did not record its mark prices, brackets, filters and finer candles.</p>`}
  </section>`;
}

function settings(venue: VenueConfig, seed: number): readonly (readonly [string, string])[] {
  const { universe } = venue;
  return [
    ['Fee tier', feeTier(venue)],
    [
      'Margin mode',
      venue.marginMode === 'cross' ? 'cross: all positions share the wallet' : 'isolated: every position has margin of its own',
    ],
    ['Position mode', venue.hedgeMode ? 'hedge: a long and a short position of each symbol' : 'one-way: one position of each symbol'],
    ['Leverage', `${venue.leverage}× at the start, less where a symbol’s brackets allow less`],
    [
      'Limit orders',
      venue.limitFill === 'through' ? 'through: fill when the price goes beyond them' : 'touch: fill as soon as the price reaches them',
    ],
    [
      'Volume cap',
      venue.maxVolumeShare === 0
        ? 'none: orders fill whole'
        : `${formatPercent(venue.maxVolumeShare)} of a candle’s volume; the rest waits or expires`,
    ],
    ['Spread', venue.spreadBps === 0 ? 'none' : `${venue.spreadBps} bps, half a spread, paid by everything that takes`],
    [
      'Impact',
      venue.impactBps === 0 ? 'none' : `${venue.impactBps} bps for a candle’s whole volume, a part of it by the square root of its share`,
    ],
    ['Latency', latency(venue.latencyMs, seed)],
    [
      'Universe',
      universe === null
        ? 'all symbols of the run'
        : `the top ${universe.top} by quote volume of the trailing ${universe.trailingDays} days, as of each day`,
    ],
  ];
}

function feeTier({ feeTier: tier, bnbDiscount }: VenueConfig): string {
  const name = tier ?? 'none: the rates were given';
  return bnbDiscount ? `${name}; paid in BNB, the rates are already a tenth lower` : name;
}

function latency([least, most]: VenueConfig['latencyMs'], seed: number): string {
  if (most === 0) return 'none';
  return least === most
    ? `${least} ms from decision to venue`
    : `${least} to ${most} ms from decision to venue, drawn evenly with seed ${seed}`;
}

function references({ venue, config }: RunResult): readonly (readonly [string, string])[] {
  return [
    ['Finer candles', fineCandles(config.venue.fine, venue.fineCandles, venue.coarseCandles)],
    ['Mark price', markPrice(venue.markRows, venue.rows)],
    ['Bracket table', tableText(venue.brackets)],
    ['Without brackets', symbolList(venue.withoutBrackets)],
    ['Filter table', tableText(venue.filters)],
  ];
}

function fineCandles(interval: string | null, covered: number, uncovered: number): string {
  if (interval === null && covered === 0) return 'not looked for';
  const name = interval === null ? '' : interval === 'auto' ? 'where any are stored: ' : `${interval}: `;
  return `${name}decided inside ${formatNumber(covered, 0)} candles; ${formatNumber(uncovered, 0)} were not covered`;
}

function markPrice(own: number, rows: number): string {
  if (own === rows) return `recorded for all ${formatNumber(rows, 0)} rows`;
  if (own === 0) return `recorded for none of ${formatNumber(rows, 0)} rows: traded prices stand for it`;
  return `recorded for ${formatNumber(own, 0)} of ${formatNumber(rows, 0)} rows (${formatPercent(own / rows)}); traded prices stand for it in the rest`;
}

function tableText(table: TableReference | null): string {
  return table === null ? 'none' : `of ${formatDay(table.time)}, SHA-256 ${table.sha256}`;
}

function symbolList(symbols: readonly string[]): string {
  if (symbols.length === 0) return 'none: every symbol has its own';
  const named = symbols.slice(0, NAMED_SYMBOLS).join(', ');
  const left = symbols.length - NAMED_SYMBOLS;
  return `${named}${left > 0 ? ` and ${formatNumber(left, 0)} more` : ''}: a flat bracket was taken`;
}
