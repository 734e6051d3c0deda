import { VIRTUAL_EVENT_KINDS, type ByDirection, type SignalSummary } from '@orrery/core';
import { formatNumber, formatPercent, UNDEFINED } from '../format/text.ts';
import { html, type Html } from '../html.ts';

/** What the positions that mirror the signals came to. */
export function virtualPart({ virtual }: SignalSummary): Html {
  const { events, closed, won, meanReturnPercent, open } = virtual;
  if (events.CREATED === 0) {
    return html`<h3>Virtual positions</h3>
      <p class="empty">No virtual position was opened.</p>`;
  }
  return html`<h3 id="virtual-title">Virtual positions</h3>
    <p>
      ${formatNumber(closed.long + closed.short, 0)} closed, ${formatNumber(open, 0)} open when the data ended. Mean return of the closed
      ones, after the fees of entry and exit: <strong>${percentPoints(meanReturnPercent)}</strong> of the entry price.
    </p>
    <div class="pair">
      <div>
        <h3 id="virtual-outcomes-title">By direction</h3>
        ${outcomes(closed, won)}
        <p class="caption">Won: the return exceeded the fees. A virtual position has no size, pays no funding and moves no price.</p>
      </div>
      <div>
        <h3 id="virtual-events-title">Events</h3>
        <table class="facts narrow" aria-labelledby="virtual-events-title">
          <tbody>
            ${VIRTUAL_EVENT_KINDS.map(
              (kind) =>
                html`<tr data-event="${kind}">
                  <th scope="row">${kind}</th>
                  <td class="number">${formatNumber(events[kind], 0)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </div>`;
}

function outcomes(closed: ByDirection, won: ByDirection): Html {
  const rows: readonly (readonly [string, number, number])[] = [
    ['Long', closed.long, won.long],
    ['Short', closed.short, won.short],
    ['All', closed.long + closed.short, won.long + won.short],
  ];
  return html`<table aria-labelledby="virtual-outcomes-title">
    <thead>
      <tr>
        <th scope="col">Direction</th>
        ${['Closed', 'Won', 'Win rate'].map((head) => html`<th scope="col" class="number">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([name, all, wins]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td class="number">${formatNumber(all, 0)}</td>
            <td class="number">${formatNumber(wins, 0)}</td>
            <td class="number">${formatPercent(all === 0 ? null : wins / all)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function percentPoints(percent: number | null): string {
  if (percent === null) return UNDEFINED;
  return `${percent > 0 ? '+' : ''}${formatNumber(percent, 3)} %`;
}
