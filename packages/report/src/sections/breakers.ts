import type { SignalSummary } from '@orrery/core';
import { formatNumber, formatTime } from '../format/text.ts';
import { html, type Html } from '../html.ts';

/** When which breaker went to another level. */
export function breakerTable({ breakers, breakerChanges }: SignalSummary): Html {
  if (breakerChanges === 0) return html`<p class="empty">No breaker changed its level.</p>`;
  const left = breakerChanges - breakers.length;
  return html`<div class="${breakers.length > 15 ? 'scroll tall' : 'scroll'}" tabindex="0" role="region" aria-labelledby="breakers-title">
      <table class="breakers sortable">
        <thead>
          <tr>
            <th scope="col">Time (UTC)</th>
            <th scope="col">Breaker</th>
            <th scope="col">Of</th>
            <th scope="col">Level</th>
            <th scope="col">Cause</th>
            <th scope="col" class="number">Measured</th>
          </tr>
        </thead>
        <tbody>
          ${breakers.map(
            ({ time, symbol, breaker, from, to, cause, valuePercent }) =>
              html`<tr>
                <td data-sort="${time}">${formatTime(time)}</td>
                <td>${breaker.replaceAll('_', ' ')}</td>
                <td>${symbol ?? 'account'}</td>
                <td data-sort="${to}">${from} → ${to}</td>
                <td>${cause}</td>
                <td class="number" data-sort="${valuePercent}">${formatNumber(valuePercent, 2)} %</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="caption">
      ${formatNumber(breakerChanges, 0)} changes${left > 0 ? `, of which the first ${formatNumber(breakers.length, 0)} are listed` : ''}.
      Level 0 lets everything through.
    </p>`;
}
