import type { RunResult, RunSeries } from '@orrery/core';
import { formatPercent, formatTime } from '../format/text.ts';
import { html, type Html } from '../html.ts';

/** Equity, drawdown and leverage over time; drawn in the browser, described in words for those who cannot see it. */
export function equitySection(result: RunResult, series: RunSeries): Html {
  const { maxDrawdown } = series;
  const depth = result.metrics['maxDrawdown'] ?? null;
  const deepest =
    maxDrawdown.amount > 0
      ? `Deepest fall ${formatPercent(depth)}, from ${formatTime(maxDrawdown.peakTime)} to ${formatTime(maxDrawdown.troughTime)}.`
      : 'Equity never fell below an earlier peak.';
  return html`<section aria-labelledby="equity-title">
    <h2 id="equity-title">Equity</h2>
    <div class="legend" id="equity-legend">
      <span class="key key-equity">Equity</span><span class="key key-benchmark">Buy and hold</span
      ><span class="key key-drawdown">Drawdown</span><span class="key key-leverage">Gross leverage</span>
      <output id="equity-readout"></output>
    </div>
    <div class="chart chart-equity" id="equity-chart" role="img" aria-label="Equity, drawdown and leverage over time. ${deepest}"></div>
    <p class="caption">
      ${deepest} Each point ends a bucket of equal time; drawdown is drawn from the lowest equity inside it. Times are UTC.
    </p>
  </section>`;
}
