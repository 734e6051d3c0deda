import { parseSats, type RunResult, type TradeRow } from '@orrery/core';
import { formatDuration, formatGain, formatNumber, formatTime, toneOf } from '../format/text.ts';
import { html, type Html, trusted } from '../html.ts';
import { exitMark, isForced } from './liquidations.ts';

/** Rows beyond it are left out and counted: a page of a hundred thousand rows serves nobody. */
const LISTED_TRADES = 500;

const HEADS: readonly (readonly [string, 'text' | 'number'])[] = [
  ['#', 'number'],
  ['Symbol', 'text'],
  ['Side', 'text'],
  ['Quantity', 'number'],
  ['Entry (UTC)', 'text'],
  ['Entry price', 'number'],
  ['Exit (UTC)', 'text'],
  ['Exit price', 'number'],
  ['Held', 'number'],
  ['Fees', 'number'],
  ['Funding', 'number'],
  ['Profit', 'number'],
  ['Exit', 'text'],
];

/** The first trades as a table that sorts by any column. */
export function tradesSection(result: RunResult): Html {
  const shown = result.trades.slice(0, LISTED_TRADES);
  const left = result.trades.length - shown.length;
  return html`<section aria-labelledby="trades-title">
    <h2 id="trades-title">Trades</h2>
    ${shown.length === 0 ? html`<p class="empty">The run made no trades.</p>` : tradesTable(shown)}
    ${
      left === 0
        ? null
        : html`<p class="caption" id="trades-left">
            The first ${formatNumber(shown.length, 0)} of ${formatNumber(result.trades.length, 0)} trades; ${formatNumber(left, 0)} are left
            out here and are in result.json. Sorting orders the rows shown. Every other table and chart counts all trades.
          </p>`
    }
  </section>`;
}

function tradesTable(trades: readonly TradeRow[]): Html {
  return html`<div class="scroll tall" tabindex="0" role="region" aria-labelledby="trades-title">
    <table class="trades sortable" id="trades">
      <thead>
        <tr>
          ${HEADS.map(([head, kind]) => html`<th scope="col" class="${kind}">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${trades.map(row)}
      </tbody>
    </table>
  </div>`;
}

function row(trade: TradeRow): Html {
  const held = trade.exitTime === null ? null : trade.exitTime - trade.entryTime;
  return html`<tr${isForced(trade.exitReason) ? trusted(' class="forced-row"') : null}>
    <td class="number" data-sort="${trade.id}">${trade.id}</td>
    <td><button type="button" class="link" data-symbol="${trade.symbol}" data-trade="${trade.id}">${trade.symbol}</button></td>
    <td>${trade.side}</td>
    <td class="number" data-sort="${Number(trade.quantity)}">${trade.quantity}</td>
    <td data-sort="${trade.entryTime}">${formatTime(trade.entryTime)}</td>
    <td class="number" data-sort="${Number(trade.entryPrice)}">${trade.entryPrice}</td>
    <td data-sort="${trade.exitTime ?? ''}">${trade.exitTime === null ? 'open' : formatTime(trade.exitTime)}</td>
    <td class="number" data-sort="${Number(trade.exitPrice)}">${trade.exitPrice}</td>
    <td class="number" data-sort="${held ?? ''}">${held === null ? 'open' : formatDuration(held)}</td>
    ${money(-parseSats(trade.fees))}${money(parseSats(trade.funding))}${money(parseSats(trade.pnl))}
    <td>${exitMark(trade.exitReason)}</td>
  </tr>`;
}

function money(sats: number): Html {
  return html`<td class="number ${toneOf(sats)}" data-sort="${sats}">${formatGain(sats)}</td>`;
}
