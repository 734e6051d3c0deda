import { formatNumber } from '../format/text.ts';
import { html, type Html } from '../html.ts';

/** One bar of a histogram: how many won and lost, and the words that say so. */
export interface Bar {
  readonly label: string;
  readonly wins: number;
  readonly losses: number;
}

const HEIGHT = 100;
const STEP = 10;
const GAP = 1;

/**
 * Stacked bars, losses below wins, stretched to the width of their box. Every bar says its numbers on hover; the labels under the axis
 * are laid out by the page, so that they keep their size.
 * @param axis one text a bar, empty where there is none; `edge` sets it under the bar's left edge, `centre` under its middle
 */
export function barChart(bars: readonly Bar[], description: string, axis: readonly string[], place: 'edge' | 'centre'): Html {
  const most = bars.reduce((max, bar) => Math.max(max, bar.wins + bar.losses), 1);
  const scale = HEIGHT / most;
  return html`<figure class="bars">
    <div class="bars-scale" aria-hidden="true"><span>${formatNumber(most, 0)}</span><span>0</span></div>
    <svg viewBox="0 0 ${bars.length * STEP} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${description}">
      ${bars.map((bar, i) => column(bar, i, scale))}
    </svg>
    <div class="bars-axis ${place}" aria-hidden="true">${axis.map((label) => html`<span>${label}</span>`)}</div>
  </figure>`;
}

function column(bar: Bar, index: number, scale: number): Html {
  const x = index * STEP + GAP / 2;
  const width = STEP - GAP;
  const lost = round(bar.losses * scale);
  const won = round(bar.wins * scale);
  return html`<g>
    <title>${`${bar.label}: ${bar.wins} won, ${bar.losses} not won`}</title>
    <rect class="bar-hit" x="${index * STEP}" y="0" width="${STEP}" height="${HEIGHT}" />
    ${lost > 0 ? html`<rect class="bar-loss" x="${x}" y="${round(HEIGHT - lost)}" width="${width}" height="${lost}" />` : null}
    ${won > 0 ? html`<rect class="bar-win" x="${x}" y="${round(HEIGHT - lost - won)}" width="${width}" height="${won}" />` : null}
  </g>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
