import type { RunResult } from '@orrery/core';
import { formatNumber } from '../format/text.ts';
import { html, type Html } from '../html.ts';

/** What the result takes for granted, and what became of the orders. */
export function assumptionsSection(result: RunResult): Html {
  const { assumptions, orders } = result;
  const rows: readonly (readonly [string, string])[] = [
    ['Fees', assumptions.fees],
    ['Funding', assumptions.funding],
    ['Slippage', assumptions.slippage],
    ['Fills', assumptions.fills],
    ['Margin', assumptions.margin],
    ['Filters', assumptions.filters],
  ];
  const counts: readonly (readonly [string, number])[] = [
    ['Submitted', orders.submitted],
    ['Filled', orders.filled],
    ['Canceled', orders.canceled],
    ['Rejected', orders.rejected],
    ['Expired', orders.expired],
    ...Object.entries(orders.denied).map(([reason, count]) => [`Denied: ${reason}`, count] as const),
  ];
  return html`<section aria-labelledby="assumptions-title">
    <h2 id="assumptions-title">Assumptions</h2>
    <table class="facts">
      <tbody>
        ${rows.map(([name, text]) => fact(name, text))}
      </tbody>
    </table>
    <h3>Orders</h3>
    <table class="facts narrow">
      <tbody>
        ${counts.map(
          ([name, count]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td class="number">${formatNumber(count, 0)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function fact(name: string, text: string): Html {
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${text}</td>
  </tr>`;
}
