import { parseSats, type RunResult, type RunSeries } from '@orrery/core';
import { monthlyReturns } from '../data/monthly-returns.ts';
import { formatNumber, UNDEFINED } from '../format/text.ts';
import { html, type Html } from '../html.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Absolute returns from which a cell is coloured one step deeper. */
const HEAT_STEPS = [0.0005, 0.02, 0.05, 0.1];

/** Table of returns by month and year. */
export function monthlySection(result: RunResult, series: RunSeries): Html {
  const years = monthlyReturns(series.daily.time, series.daily.equity, parseSats(result.account.startEquity));
  return html`<section aria-labelledby="monthly-title">
    <h2 id="monthly-title">Monthly returns</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="monthly-title">
      <table class="monthly">
        <thead>
          <tr>
            <th scope="col">%</th>
            ${MONTHS.map((month) => html`<th scope="col">${month}</th>`)}
            <th scope="col">Year</th>
          </tr>
        </thead>
        <tbody>
          ${years.map(
            (year) =>
              html`<tr>
                <th scope="row">${year.year}</th>
                ${year.months.map((value) => cell(value, ''))} ${cell(year.total, 'total')}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="caption">
      Net of all costs, calendar months in UTC; the first and the last month may be partial. Colours deepen at 2, 5 and 10 %.
    </p>
  </section>`;
}

function cell(value: number | null, extra: string): Html {
  if (value === null) return html`<td class="${extra}">${UNDEFINED}</td>`;
  return html`<td class="${`${heat(value)} ${extra}`.trim()}">${formatNumber(value * 100, 1)}</td>`;
}

function heat(value: number): string {
  const depth = HEAT_STEPS.filter((step) => Math.abs(value) >= step).length;
  return depth === 0 ? 'heat-0' : `heat-${value > 0 ? 'gain' : 'loss'}-${depth}`;
}
