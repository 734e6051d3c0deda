import type { TradeRow } from '@orrery/core';
import { type ExcursionPoint, type Excursions, type ExcursionSide, excursions } from '../data/excursions.ts';
import { formatNumber, formatPercent } from '../format/text.ts';
import { html, type Html } from '../html.ts';
import { pointsBeyond, scatter, scatterRange } from '../svg/scatter.ts';

/** How far the price went against and for each trade, beside what came of it. */
export function excursionSection(trades: readonly TradeRow[]): Html {
  const found = excursions(trades);
  return html`<section aria-labelledby="excursion-title">
    <h2 id="excursion-title">Maximum adverse and favourable excursion</h2>
    ${found.adverse.length + found.favourable.length === 0 ? nothing(found) : pictures(found)}
  </section>`;
}

function nothing({ without }: Excursions): Html {
  return without === 0
    ? html`<p class="empty">There are no finished trades.</p>`
    : html`<p class="empty">No excursion is known of any of the ${formatNumber(without, 0)} finished trades.</p>`;
}

function pictures(found: Excursions): Html {
  const { winners, losers, without } = found;
  const missing =
    without === 0 ? '' : ` ${formatNumber(without, 0)} finished trades lack an excursion and are not drawn where it is missing.`;
  return html`<div class="pair">
      ${picture('Against the position', found.adverse, winners.medianAdverse, losers.medianAdverse)}
      ${picture('For the position', found.favourable, winners.medianFavourable, losers.medianFavourable)}
    </div>
    <table class="facts narrow medians">
      <thead>
        <tr>
          <th scope="col">Median</th>
          <th scope="col" class="number">Trades</th>
          <th scope="col" class="number">Adverse</th>
          <th scope="col" class="number">Favourable</th>
        </tr>
      </thead>
      <tbody>
        ${medianRow('Won', winners)} ${medianRow('Lost or even', losers)}
      </tbody>
    </table>
    <p class="caption">
      <span class="key-dot">won</span> <span class="key-dash">lost or even</span>; lines stand at the medians, the dashed one at that of the
      trades lost. Across: furthest move of the price while the trade was held, in percent of the entry price. Upwards: profit after all
      costs, in percent of the largest size held at the entry price.${missing}
    </p>`;
}

function picture(title: string, points: readonly ExcursionPoint[], won: number | null, lost: number | null): Html {
  if (points.length === 0) {
    return html`<div>
      <h3>${title}</h3>
      <p class="empty">No trade has one.</p>
    </div>`;
  }
  const drawn = points.map(({ excursion, result, won: isWon }) => ({ x: excursion, y: result, won: isWon }));
  const range = scatterRange(drawn);
  const beyond = pointsBeyond(drawn, range);
  const description = `${title}: excursion against result of ${formatNumber(points.length, 0)} trades; median of winners ${formatPercent(won)}, of losers ${formatPercent(lost)}.`;
  return html`<div>
    <h3>${title}</h3>
    ${scatter(drawn, range, { won, lost }, description)}
    ${beyond === 0 ? null : html`<p class="caption">${formatNumber(beyond, 0)} beyond the axes are drawn on the edge.</p>`}
  </div>`;
}

function medianRow(name: string, side: ExcursionSide): Html {
  return html`<tr>
    <th scope="row">${name}</th>
    <td class="number">${formatNumber(side.trades, 0)}</td>
    <td class="number">${formatPercent(side.medianAdverse)}</td>
    <td class="number">${formatPercent(side.medianFavourable)}</td>
  </tr>`;
}
