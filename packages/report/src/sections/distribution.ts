import { parseSats, SATS_PER_UNIT, type TradeRow } from '@orrery/core';
import { type Bin, countBins, evenBins, type Sample } from '../data/histogram.ts';
import { formatNumber } from '../format/text.ts';
import { html, type Html } from '../html.ts';
import { type Bar, barChart } from '../svg/bar-chart.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Holding times spread over orders of magnitude; even bins would put nine in ten into the first. */
const HOLDING_EDGES = [0, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, DAY, 3 * DAY, 7 * DAY, Infinity];
const HOLDING_LABELS = ['< 5 min', '5–15 min', '15–60 min', '1–4 h', '4–12 h', '12–24 h', '1–3 d', '3–7 d', '≥ 7 d'];

/** Histograms of the finished trades: profit and time held. */
export function distributionSection(trades: readonly TradeRow[]): Html {
  const closed = trades.filter((trade) => trade.exitTime !== null);
  return html`<section aria-labelledby="distribution-title">
    <h2 id="distribution-title">Distribution of trades</h2>
    ${closed.length === 0 ? html`<p class="empty">There are no finished trades.</p>` : charts(closed)}
  </section>`;
}

function charts(closed: readonly TradeRow[]): Html {
  const profits = evenBins(closed.map((trade) => sample(trade, parseSats(trade.pnl) / SATS_PER_UNIT)));
  const holdings = countBins(
    closed.map((trade) => sample(trade, (trade.exitTime ?? trade.entryTime) - trade.entryTime)),
    HOLDING_EDGES,
  );
  const holdingBars = holdings.map((bin, i): Bar => ({ label: HOLDING_LABELS[i] ?? '', wins: bin.wins, losses: bin.losses }));
  return html`<div class="pair">
      <div>
        <h3>Profit of a trade, USDT</h3>
        ${barChart(profits.map(profitBar), describe('Profit of trades', profits), profitAxis(profits), 'edge')}
      </div>
      <div>
        <h3>Time held</h3>
        ${barChart(
          holdingBars,
          describe('Holding times', holdings),
          HOLDING_LABELS.map((label) => label.replace(' min', 'm')),
          'centre',
        )}
      </div>
    </div>
    <p class="caption">
      <span class="key key-win">won</span> <span class="key key-loss">lost or even</span>, ${formatNumber(closed.length, 0)} finished trades
      after fees and funding. The outermost bars of profit hold everything beyond them.
    </p>`;
}

function sample(trade: TradeRow, value: number): Sample {
  return { value, won: parseSats(trade.pnl) > 0 };
}

function profitBar(bin: Bin): Bar {
  return { label: range(bin), wins: bin.wins, losses: bin.losses };
}

function range(bin: Bin): string {
  if (bin.from === -Infinity) return `below ${edge(bin.to)}`;
  if (bin.to === Infinity) return `${edge(bin.from)} and above`;
  return `${edge(bin.from)} to ${edge(bin.to)}`;
}

function edge(value: number): string {
  return formatNumber(value, Math.abs(value) >= 10 || Number.isInteger(value) ? 0 : 2);
}

/** A label at zero and at every so many bars from it. */
function profitAxis(bins: readonly Bin[]): readonly string[] {
  const zero = bins.findIndex((bin) => bin.from === 0);
  const step = Math.max(1, Math.ceil(bins.length / 6));
  return bins.map((bin, i) => (Number.isFinite(bin.from) && (i - Math.max(zero, 0)) % step === 0 ? edge(bin.from) : ''));
}

function describe(title: string, bins: readonly Bin[]): string {
  const largest = bins.reduce<Bin | null>((most, bin) => (most === null || size(bin) > size(most) ? bin : most), null);
  return `${title}: ${bins.length} bars; the highest holds ${largest === null ? 0 : size(largest)} trades.`;
}

function size(bin: Bin): number {
  return bin.wins + bin.losses;
}
