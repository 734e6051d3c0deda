import type { AccountSummary, SymbolTotals } from '@orrery/core';
import { type MoneyBySymbol, moneyBySymbol, type SymbolMoney } from '../data/symbol-money.ts';
import { formatGain, formatNumber, formatPercent, formatUsdt, toneOf } from '../format/text.ts';
import { html, type Html } from '../html.ts';

/** Rows from which the table scrolls in its own box. */
const LONG_TABLE = 25;
const HEADS = [
  'Symbol',
  'Trades',
  'Win rate',
  'Gross',
  'Slippage',
  'Fees',
  'Funding',
  'Liq. fees',
  'Absorbed',
  'Net',
  'Turnover',
  'Liquidations',
];
/** Columns from the profit's to the last, which rows of the account leave empty. */
const BEFORE_NET = 8;
const AFTER_NET = 2;

/** What each symbol brought and cost, down to the change of the account's equity. */
export function symbolMoneyTable(symbols: readonly SymbolTotals[], account: AccountSummary): Html {
  if (symbols.length === 0) return html`<p class="empty">The run recorded no money by symbol; the trades below give what they can.</p>`;
  const money = moneyBySymbol(symbols, account);
  return html`<div
      class="${symbols.length > LONG_TABLE ? 'scroll tall' : 'scroll'}"
      tabindex="0"
      role="region"
      aria-labelledby="symbol-money-title"
    >
      <table class="groups sortable" id="symbol-money">
        <thead>
          <tr>
            ${HEADS.map((head, i) => html`<th scope="col" class="${i === 0 ? 'text' : 'number'}">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${money.rows.map(row)}
        </tbody>
        <tfoot>
          ${row(money.all)} ${accountRows(money)}
        </tfoot>
      </table>
    </div>
    <p class="caption">
      USDT. Absorbed is what the insurance fund took over. Gross is before slippage and all other costs, open positions at their last
      closes; turnover is the value of all fills. The rows add up to the change of the account’s equity.
    </p>`;
}

function row(money: SymbolMoney): Html {
  const rate = money.trades === 0 ? null : money.wins / money.trades;
  return html`<tr>
    <th scope="row">${money.symbol}</th>
    ${number(money.trades, formatNumber(money.trades, 0))} ${number(rate, formatPercent(rate))} ${amount(money.gross)}
    ${amount(money.slippage)} ${amount(money.fees)} ${amount(money.funding)} ${amount(money.liquidationFees)} ${amount(money.absorbed)}
    ${amount(money.net)} ${number(money.turnover, formatUsdt(money.turnover))}
    ${number(money.liquidations, formatNumber(money.liquidations, 0))}
  </tr>`;
}

/** What leads from the sum of the symbols to the account, where it is not the same. */
function accountRows({ unexplained, account }: MoneyBySymbol): readonly Html[] {
  return unexplained === 0 ? [] : [accountRow('Unexplained', unexplained), accountRow('Account', account)];
}

function accountRow(name: string, sats: number): Html {
  return html`<tr>
    <th scope="row" colspan="${BEFORE_NET + 1}">${name}</th>
    ${amount(sats)}
    <td colspan="${AFTER_NET}"></td>
  </tr>`;
}

function number(sortKey: number | null, text: string): Html {
  return html`<td class="number" data-sort="${sortKey ?? ''}">${text}</td>`;
}

function amount(sats: number): Html {
  return html`<td class="number ${toneOf(sats)}" data-sort="${sats}">${formatGain(sats)}</td>`;
}
