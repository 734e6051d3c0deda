import { parseSats, type RunResult } from '@orrery/core';
import { formatNumber, formatUsdt } from '../format/text.ts';
import { html, type Html } from '../html.ts';

/** What the result takes for granted, how much hung on ambiguous candles, and what became of the orders. */
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
    <div class="pair">
      <div>
        <h3>Ambiguous candles and bounds</h3>
        ${bounds(result)}
      </div>
      <div>
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
      </div>
    </div>
  </section>`;
}

function fact(name: string, text: string): Html {
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${text}</td>
  </tr>`;
}

function bounds(result: RunResult): Html {
  const text = `In ${formatNumber(result.ambiguousCandles, 0)} of ${formatNumber(result.candles, 0)} candles the order of high and low decided the outcome. They were read on the ${result.config.fills} path.`;
  if (result.bounds === null)
    return html`<p>${text} The other readings were not run, so how far the result depends on them is not known.</p>`;
  const rows = Object.entries({
    Pessimistic: result.bounds.pessimistic,
    Heuristic: result.bounds.heuristic,
    Optimistic: result.bounds.optimistic,
  });
  return html`<p>${text}</p>
    <table class="facts narrow">
      <tbody>
        ${rows.map(
          ([name, amount]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td class="number">${formatUsdt(parseSats(amount))} USDT</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}
