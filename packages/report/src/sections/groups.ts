import type { RunResult, RunSeries } from '@orrery/core';
import { groupTrades, totals, type TradeGroup } from '../data/trade-groups.ts';
import { exitReasonText } from '../exit-reason.ts';
import { formatDuration, formatGain, formatNumber, formatPercent, toneOf, UNDEFINED } from '../format/text.ts';
import { html, type Html } from '../html.ts';
import { symbolMoneyTable } from './symbol-money.ts';

/** Rows from which a table scrolls in its own box: two hundred symbols must not bury what follows. */
const LONG_TABLE = 25;

/** Tables by symbol, its money and its trades, and by side and reason of exit. */
export function groupsSection(result: RunResult, series: RunSeries): Html {
  const bySymbol = groupTrades(result.trades, (trade) => trade.symbol, result.config.symbols);
  const byReason = groupTrades(result.trades, (trade) => exitReasonText(trade.exitReason));
  const bySide = groupTrades(result.trades, (trade) => (trade.side === 'long' ? 'Long' : 'Short'));
  const all = totals('All', result.trades);
  return html`<section aria-labelledby="symbols-title">
      <h2 id="symbols-title">By symbol</h2>
      <h3 id="symbol-money-title">Money</h3>
      ${symbolMoneyTable(series.symbols, result.account)}
      <h3 id="symbol-trades-title">Trades</h3>
      ${table('symbol-trades-title', 'Symbol', bySymbol, all)}
    </section>
    <section aria-labelledby="reasons-title">
      <h2 id="reasons-title">By side and reason of exit</h2>
      ${table('reasons-title', 'Side', bySide, null)} ${table('reasons-title', 'Exit', byReason, all)}
      <p class="caption">
        Profit, fees and funding include positions open at the end, so that they add up to the account; all else is of finished trades.
      </p>
    </section>`;
}

function table(labelledBy: string, title: string, groups: readonly TradeGroup[], all: TradeGroup | null): Html {
  return html`<div
    class="${groups.length > LONG_TABLE ? 'scroll tall' : 'scroll'}"
    tabindex="0"
    role="region"
    aria-labelledby="${labelledBy}"
  >
    <table class="groups sortable">
      <thead>
        <tr>
          ${[
            title,
            'Trades',
            'Long',
            'Short',
            'Open',
            'Win rate',
            'Profit',
            'Profit factor',
            'Best',
            'Worst',
            'Fees',
            'Funding',
            'Avg held',
          ].map((head, i) => html`<th scope="col" class="${i === 0 ? 'text' : 'number'}">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${groups.map((group) => row(group))}
      </tbody>
      ${
        all === null
          ? null
          : html`<tfoot>
              ${row(all)}
            </tfoot>`
      }
    </table>
  </div>`;
}

function row(group: TradeGroup): Html {
  const rate = group.trades === 0 ? null : group.wins / group.trades;
  return html`<tr>
    <th scope="row">${group.name}</th>
    ${number(group.trades, formatNumber(group.trades, 0))} ${number(group.longs, formatNumber(group.longs, 0))}
    ${number(group.shorts, formatNumber(group.shorts, 0))} ${number(group.open, formatNumber(group.open, 0))}
    ${number(rate, formatPercent(rate))} ${money(group.pnl)} ${number(group.profitFactor, formatNumber(group.profitFactor, 2))}
    ${money(group.best)} ${money(group.worst)} ${money(0 - group.fees)} ${money(group.funding)}
    ${number(group.averageHoldingMs, group.averageHoldingMs === null ? UNDEFINED : formatDuration(group.averageHoldingMs))}
  </tr>`;
}

function number(sortKey: number | null, text: string): Html {
  return html`<td class="number" data-sort="${sortKey ?? ''}">${text}</td>`;
}

function money(sats: number | null): Html {
  return html`<td class="number ${toneOf(sats)}" data-sort="${sats ?? ''}">${sats === null ? UNDEFINED : formatGain(sats)}</td>`;
}
