import { html, type Html } from '../html.ts';
import type { EncodedCandles } from '../data/encode-candles.ts';
import type { PageData } from '../page-data.ts';
import { structureControls, drawnCaption } from './structure-controls.ts';

/** Candle chart with a picker of symbols, or the reason why there is none. */
export function candlesSection(data: PageData, unread: readonly string[]): Html {
  const { candles } = data;
  const shown = candles?.filter((one) => one.time.length > 0) ?? [];
  return html`<section aria-labelledby="candles-title">
    <h2 id="candles-title">Candles and trades</h2>
    ${shown.length === 0 ? missing(candles === null) : chart(shown, structureControls(data, unread), drawnCaption(data))}
  </section>`;
}

function missing(withoutDataset: boolean): Html {
  return withoutDataset
    ? html`<p class="empty">
        The dataset was not at hand when this page was written, so the candles are left out. All other numbers are complete.
      </p>`
    : html`<p class="empty">The run has no candles to show.</p>`;
}

/** A symbol's name, and which of its candles they are where the page has them twice. */
function nameOf({ symbol, interval, isDetail, time }: EncodedCandles): string {
  return isDetail ? `${symbol}, last ${time.length} of ${interval}` : symbol;
}

function chart(candles: readonly EncodedCandles[], controls: Html | null, lines: Html | null): Html {
  return html`<div class="toolbar">
      <label for="symbol-picker">Symbol</label>
      <select id="symbol-picker">
        ${candles.map((one, i) => html`<option value="${i}">${nameOf(one)}</option>`)}
      </select>
      <button type="button" id="previous-trade">← Previous trade</button>
      <button type="button" id="next-trade">Next trade →</button>
      <button type="button" id="whole-range">Whole run</button>
    </div>
    ${controls}
    <div class="legend"><output id="candle-readout"></output></div>
    <div
      class="chart chart-candles"
      id="candle-chart"
      role="img"
      aria-label="Candles of the picked symbol with entries and exits; the trades table below lists the same trades"
    ></div>
    <p class="caption"><span id="candle-note"></span> ▲ buys and ▼ sells to enter, ● leaves with a profit, ■ with a loss. Times are UTC.</p>
    ${lines}`;
}
