import { type RunResult, type RunSeries, SATS_PER_UNIT } from '@orrery/core';
import type { CurveData } from '../data/curve-data.ts';
import { formatNumber, formatPercent, formatTime } from '../format/text.ts';
import { html, type Html } from '../html.ts';

/** Panes that every run has: equity and drawdown. */
const FIRST_PANES = 2;

/**
 * Equity, drawdown, exposure, leverage and margin over one time axis; drawn in the browser, described in words for those who cannot see
 * it. A pane that would be empty is left out, and a line says why.
 */
export function equitySection(result: RunResult, series: RunSeries, curve: CurveData): Html {
  const deepest = deepestFall(result, series);
  const shown = [curve.exposure, curve.leverage, curve.marginRatio, curve.liquidationDistance].filter((values) => values.length > 0);
  return html`<section aria-labelledby="equity-title">
    <h2 id="equity-title">Equity, exposure and margin</h2>
    <div class="legend" id="equity-legend">
      <span class="key key-equity">Equity</span><span class="key key-benchmark">Buy and hold</span>
      <output id="equity-readout"></output>
    </div>
    <div
      class="chart chart-equity panes-${FIRST_PANES + shown.length}"
      id="equity-chart"
      role="img"
      aria-label="Equity, drawdown, exposure and margin over time. ${deepest}"
    ></div>
    <p class="caption">
      ${deepest} ${extremes(curve)} Each point ends a bucket of equal time; drawdown is drawn from the lowest equity inside it, exposure and
      margin stand as they were at its end. Times are UTC.
    </p>
    ${absent(series, curve).map((text) => html`<p class="empty">${text}</p>`)}
  </section>`;
}

function deepestFall(result: RunResult, { maxDrawdown }: RunSeries): string {
  const depth = result.metrics['maxDrawdown'] ?? null;
  return maxDrawdown.amount > 0
    ? `Deepest fall ${formatPercent(depth)}, from ${formatTime(maxDrawdown.peakTime)} to ${formatTime(maxDrawdown.troughTime)}.`
    : 'Equity never fell below an earlier peak.';
}

/** Where each of the position's series was at its worst. */
function extremes(curve: CurveData): string {
  const at = (i: number): string => formatTime((curve.time[i] ?? 0) * 1000);
  const exposed = extreme(curve.exposure, 1);
  const levered = extreme(curve.leverage, 1);
  const tight = extreme(curve.marginRatio, 1);
  const near = extreme(curve.liquidationDistance, -1);
  return [
    exposed === null ? null : `Highest exposure ${formatNumber(exposed.value / SATS_PER_UNIT, 2)} USDT on ${at(exposed.index)}.`,
    levered === null ? null : `Highest gross leverage ${formatNumber(levered.value, 2)}× on ${at(levered.index)}.`,
    tight === null ? null : `Highest margin ratio ${formatPercent(tight.value)} on ${at(tight.index)}; at 100 % the venue liquidates.`,
    near === null ? null : `Nearest to a liquidation price ${formatPercent(near.value)} on ${at(near.index)}.`,
  ]
    .filter((text) => text !== null)
    .join(' ');
}

/** Largest value (sign 1) or smallest (−1) and where it first stood. */
function extreme(values: readonly (number | null)[], sign: 1 | -1): { readonly value: number; readonly index: number } | null {
  let found: { readonly value: number; readonly index: number } | null = null;
  for (const [index, value] of values.entries()) {
    if (value !== null && (found === null || sign * value > sign * found.value)) found = { value, index };
  }
  return found;
}

function absent(series: RunSeries, curve: CurveData): readonly string[] {
  if (curve.exposure.length === 0)
    return ['No position was held at the end of any point: there is no exposure, leverage or margin to draw.'];
  if (series.curve.marginRatio.length === 0) return ['The run recorded neither margin ratio nor liquidation distance.'];
  return [
    ...(curve.marginRatio.length === 0 ? ['The margin ratio was zero throughout.'] : []),
    ...(curve.liquidationDistance.length === 0 ? ['No price would have liquidated any position.'] : []),
  ];
}
