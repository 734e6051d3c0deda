import type { RunResult } from '@orrery/core';
import { formatDay } from '../format/text.ts';
import { html, type Html } from '../html.ts';

/** Title, period and identity of the run. */
export function pageHeader(result: RunResult): Html {
  const { config, dataset } = result;
  const first = Math.min(...dataset.symbols.map((symbol) => symbol.first));
  const last = Math.max(...dataset.symbols.map((symbol) => symbol.last));
  const period = dataset.symbols.length === 0 ? 'no candles' : `${formatDay(first)} to ${formatDay(last)} (UTC)`;
  return html`<header>
    <p class="eyebrow">Orrery backtest report</p>
    <h1>${config.strategy}</h1>
    <p class="subtitle">${symbolList(config.symbols)} · ${config.interval} · ${period} · run <code>${result.runId}</code></p>
  </header>`;
}

/** The first few symbols by name, the rest by number: a run of 200 must not push the numbers off the screen. */
function symbolList(symbols: readonly string[]): string {
  const shown = symbols.slice(0, 6).join(', ');
  return symbols.length > 6 ? `${shown} and ${symbols.length - 6} more` : shown;
}

/** Unmistakable band above everything when the candles were made up. */
export function syntheticBanner(result: RunResult): Html | null {
  if (!result.dataset.synthetic) return null;
  return html`<div class="synthetic" role="note">
    <strong>Synthetic data</strong> <span>These candles were generated. Nothing here says how the strategy does in a market.</span>
  </div>`;
}
