import { parseSats, type ResultBounds, type RunResult, SATS_PER_UNIT } from '@orrery/core';
import { boundsVerdict } from '../data/bounds-verdict.ts';
import { formatGain, formatNumber, formatUsdt, toneOf } from '../format/text.ts';
import { html, type Html } from '../html.ts';
import { type LevelRow, levelRows } from '../svg/level-rows.ts';

/** How far the result hangs on candles whose order of high and low is not known. */
export function boundsSection(result: RunResult): Html {
  return html`<section aria-labelledby="bounds-title">
    <h2 id="bounds-title">Bounds</h2>
    <p>
      In ${formatNumber(result.ambiguousCandles, 0)} of ${formatNumber(result.candles, 0)} candles the order of high and low decided the
      outcome. They were read on the ${result.config.fills} path.
    </p>
    ${result.bounds === null ? absent(result) : interval(result.bounds, result.account.startEquity)}
  </section>`;
}

function absent(result: RunResult): Html {
  return result.ambiguousCandles === 0
    ? html`<p class="empty">No candle was ambiguous, so every reading gives this same result and there is no interval to show.</p>`
    : html`<p class="empty">The other readings were not run, so how far the result depends on them is not known.</p>`;
}

function interval(bounds: ResultBounds, startEquity: string): Html {
  const { low, high, holds, text } = boundsVerdict(bounds, startEquity);
  const start = parseSats(startEquity);
  const readings: readonly (readonly [string, string])[] = [
    ['Pessimistic', bounds.pessimistic],
    ['Heuristic', bounds.heuristic],
    ['Optimistic', bounds.optimistic],
  ];
  const rows = readings.map(([label, end]): LevelRow => {
    const at = parseSats(end);
    return { label, value: `${formatUsdt(at)} (${formatGain(at - start)})`, tone: toneOf(at - start), from: at, to: at };
  });
  const width =
    high === low
      ? 'All three readings end at the same equity.'
      : `The end equity lies between ${formatUsdt(low)} and ${formatUsdt(high)} USDT, ${formatNumber((high - low) / SATS_PER_UNIT, 2)} apart.`;
  const description = `End equity by reading, against a start of ${formatUsdt(start)} USDT: ${rows.map((row) => `${row.label} ${row.value}`).join('; ')}.`;
  return html`<p><strong class="${holds ? '' : 'fails'}">${text}</strong> ${width}</p>
    <div class="range">${levelRows(rows, [{ at: start, kind: 'start' }], description)}</div>
    <p class="caption">
      End equity in USDT and the gain over the start, which the dashed line marks. Each reading chooses the order of high and low in every
      ambiguous candle by its own rule: it bounds that candle and not the whole run, so a mixture of readings may end elsewhere.
    </p>`;
}
