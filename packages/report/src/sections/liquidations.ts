import { type AccountSummary, type ExitReason, parseSats, type RunResult, type TradeRow } from '@orrery/core';
import { exitReasonText } from '../exit-reason.ts';
import { formatDuration, formatGain, formatNumber, formatPercent, formatTime, formatUsdt, toneOf } from '../format/text.ts';
import { html, type Html } from '../html.ts';

/** Rows beyond it are left out and counted. */
const LISTED = 200;
const HEADS = ['Exit (UTC)', 'Symbol', 'Side', 'Entry price', 'Exit price', 'Held', 'Worst move', 'Profit', 'Exit'];

/** Whether the venue ended a trade by itself, and not an order of the strategy. */
export function isForced(reason: ExitReason): boolean {
  switch (reason) {
    case 'liquidation':
    case 'adl':
    case 'delisted':
      return true;
    case 'signal':
    case 'stop':
    case 'take_profit':
    case 'trailing_stop':
    case 'limit':
    case 'end_of_data':
      return false;
    default:
      return reason satisfies never;
  }
}

/** What the venue closed by itself: totals, then trade by trade. */
export function liquidationSection(result: RunResult): Html {
  const forced = result.trades
    .filter((trade) => isForced(trade.exitReason))
    .sort((a, b) => (a.exitTime ?? Infinity) - (b.exitTime ?? Infinity) || a.id - b.id);
  return html`<section aria-labelledby="liquidations-title">
    <h2 id="liquidations-title">Liquidations and forced exits</h2>
    ${
      forced.length === 0 && result.account.liquidations === 0
        ? html`<p class="empty">The venue closed no position by itself.</p>`
        : html`<p>${sums(result.account)}</p>
            ${forced.length === 0 ? null : forcedTable(forced.slice(0, LISTED))}
            ${
              forced.length <= LISTED
                ? null
                : html`<p class="caption">The first ${LISTED} of ${formatNumber(forced.length, 0)}; all are in result.json.</p>`
            }`
    }
  </section>`;
}

function sums(account: AccountSummary): string {
  const { liquidations } = account;
  const times = liquidations === 1 ? 'once' : `${formatNumber(liquidations, 0)} times`;
  const fees = `${formatUsdt(parseSats(account.liquidationFees))} USDT of liquidation fees`;
  const fund = `the insurance fund took over ${formatUsdt(parseSats(account.absorbed))} USDT of losses`;
  return `The venue liquidated a position, or a part of one, ${times}: ${fees} were paid, and ${fund}.`;
}

function forcedTable(trades: readonly TradeRow[]): Html {
  return html`<div class="scroll tall" tabindex="0" role="region" aria-labelledby="liquidations-title">
    <table class="trades sortable" id="forced">
      <thead>
        <tr>
          ${HEADS.map((head, i) => html`<th scope="col" class="${i >= 3 && i <= 7 ? 'number' : 'text'}">${head}</th>`)}
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
  const pnl = parseSats(trade.pnl);
  return html`<tr>
    <td data-sort="${trade.exitTime ?? ''}">${trade.exitTime === null ? 'open' : formatTime(trade.exitTime)}</td>
    <td><button type="button" class="link" data-symbol="${trade.symbol}" data-trade="${trade.id}">${trade.symbol}</button></td>
    <td>${trade.side}</td>
    <td class="number" data-sort="${Number(trade.entryPrice)}">${trade.entryPrice}</td>
    <td class="number" data-sort="${Number(trade.exitPrice)}">${trade.exitPrice}</td>
    <td class="number" data-sort="${held ?? ''}">${held === null ? 'open' : formatDuration(held)}</td>
    <td class="number" data-sort="${trade.maxAdverse ?? ''}">${formatPercent(trade.maxAdverse)}</td>
    <td class="number ${toneOf(pnl)}" data-sort="${pnl}">${formatGain(pnl)}</td>
    <td>${exitMark(trade.exitReason)}</td>
  </tr>`;
}

/** Reason of an exit; one that the venue forced is set apart by a mark as well as by its colour. */
export function exitMark(reason: ExitReason): Html {
  return isForced(reason) ? html`<span class="forced">${exitReasonText(reason)}</span>` : html`${exitReasonText(reason)}`;
}
