import type { ByDirection } from '@orrery/core';
import { formatNumber, formatPercent } from '../format/text.ts';
import { html, type Html } from '../html.ts';

/** One row: a name and its numbers by direction. */
export interface BalanceRow extends ByDirection {
  readonly name: string;
}

/**
 * Numbers by direction, each with a bar of long against short.
 * @param scale what a bar's length says: nothing but the shares, or the row's part of the largest one
 */
export function balanceTable(labelledBy: string, title: string, rows: readonly BalanceRow[], scale: 'shares' | 'counts'): Html {
  const largest = rows.reduce((max, { long, short }) => Math.max(max, long + short), 1);
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="${labelledBy}">
    <table class="balance-table sortable">
      <thead>
        <tr>
          <th scope="col" class="text">${title}</th>
          ${['All', 'Long', 'Short'].map((head) => html`<th scope="col" class="number">${head}</th>`)}
          <th scope="col" class="number share">Long share</th>
          <th scope="col">Long against short</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => balanceRow(row, scale === 'counts' ? largest : Math.max(1, row.long + row.short)))}
      </tbody>
    </table>
  </div>`;
}

function balanceRow({ name, long, short }: BalanceRow, full: number): Html {
  const all = long + short;
  const share = all === 0 ? null : long / all;
  return html`<tr>
    <th scope="row">${name}</th>
    ${[all, long, short].map((value) => html`<td class="number" data-sort="${value}">${formatNumber(value, 0)}</td>`)}
    <td class="number share" data-sort="${share ?? ''}">${formatPercent(share)}</td>
    <td class="bar" data-sort="${all}">${bar(long, short, full)}</td>
  </tr>`;
}

/** Long on the left, short behind it; the dashed line stands where both would be even. */
function bar(long: number, short: number, full: number): Html {
  const width = (value: number): number => Math.round((1e4 * value) / full) / 100;
  const middle = width((long + short) / 2);
  return html`<svg
    class="balance"
    viewBox="0 0 100 10"
    preserveAspectRatio="none"
    role="img"
    aria-label="${`${long} long, ${short} short`}"
  >
    <rect class="balance-long" x="0" y="0" width="${width(long)}" height="10" />
    <rect class="balance-short" x="${width(long)}" y="0" width="${width(short)}" height="10" />
    <line class="balance-middle" x1="${middle}" x2="${middle}" y1="0" y2="10" />
  </svg>`;
}
