import type { RunResult } from '@orrery/core';
import { boundsVerdict } from '../data/bounds-verdict.ts';
import { profitBridge } from '../data/profit-bridge.ts';
import { formatNumber, formatPercent, formatUsdt } from '../format/text.ts';
import { html, type Html } from '../html.ts';

/** Under it a rate of wins is mostly luck: its standard error is above 9 points. */
const FEW_TRADES = 30;
/** Under it a yearly figure repeats a season at least four times over. */
const FEW_DAYS = 90;
/** The usual level of confidence that the true Sharpe ratio is above zero. */
const CONFIDENT = 0.95;

/** What a careful reader would hold against the result, found from the result alone. One sentence each. */
export function cautions(result: RunResult): readonly string[] {
  const { metrics, dataset } = result;
  const found: (string | null)[] = [
    accountCaution(result),
    few(metrics['trades'], FEW_TRADES, (n) => `Only ${n} finished trades: win rate and profit factor say little.`),
    few(metrics['days'], FEW_DAYS, (n) => `Only ${n} days: CAGR, Sharpe ratio and other yearly figures are extrapolated.`),
    benchmarkCaution(result),
    sharpeCaution(metrics['probabilisticSharpe']),
    boundsCaution(result),
    count(
      dataset.symbols.reduce((sum, symbol) => sum + symbol.gaps, 0),
      (n) => `The data have ${n} gaps: nothing was decided or filled inside them.`,
    ),
    count(
      dataset.symbols.filter((symbol) => symbol.fundingRows === 0).length,
      (n) => `No funding rates for ${n} of ${dataset.symbols.length} symbols: their funding is not charged.`,
    ),
    count(
      metrics['openTrades'] ?? 0,
      (n) =>
        (n === '1' ? 'One position is still open at the end and is valued' : `${n} positions are still open at the end and are valued`) +
        ' at the last close.',
    ),
  ];
  return found.filter((text) => text !== null);
}

function few(value: number | null | undefined, least: number, say: (text: string) => string): string | null {
  return value === null || value === undefined || value >= least ? null : say(formatNumber(value, 0));
}

function count(value: number, say: (text: string) => string): string | null {
  return value > 0 ? say(formatNumber(value, 0)) : null;
}

function sharpeCaution(probability: number | null | undefined): string | null {
  if (probability === null || probability === undefined || probability >= CONFIDENT) return null;
  return `The probability that the true Sharpe ratio is above zero is ${formatPercent(probability)}, below the usual 95 %.`;
}

function benchmarkCaution(result: RunResult): string | null {
  const { excessReturn, benchmarkReturn } = result.metrics;
  if (typeof excessReturn !== 'number' || typeof benchmarkReturn !== 'number' || excessReturn >= 0) return null;
  return `Buying and holding the same symbols would have returned ${formatPercent(benchmarkReturn)}, more than the run did.`;
}

function boundsCaution({ bounds, account }: RunResult): string | null {
  if (bounds === null) return null;
  const { low, high, holds } = boundsVerdict(bounds, account.startEquity);
  if (low === high) return null;
  const doubt = holds ? '' : ' Whether the run gains or loses hangs on them.';
  return `Ambiguous candles leave the end equity between ${formatUsdt(low)} and ${formatUsdt(high)} USDT.${doubt}`;
}

function accountCaution(result: RunResult): string | null {
  const { unexplained } = profitBridge(result.account);
  if (unexplained === 0) return null;
  return `The account does not add up: profit, fees, funding and liquidations leave ${formatUsdt(unexplained)} USDT (${unexplained} sats) of the change of equity unexplained. Do not trust this result.`;
}

/** Warnings of the run and cautions of the report, above the numbers that they qualify. */
export function cautionSection(result: RunResult): Html | null {
  const own = cautions(result);
  if (result.warnings.length === 0 && own.length === 0) return null;
  return html`<section class="cautions" aria-labelledby="cautions-title">
    <h2 id="cautions-title">Before you read the numbers</h2>
    ${list('warnings', 'Warnings of the run', result.warnings)} ${list('notes', 'Read with care', own)}
  </section>`;
}

function list(kind: string, title: string, texts: readonly string[]): Html | null {
  if (texts.length === 0) return null;
  return html`<div class="${kind}">
    <h3>${title} <span class="count">${texts.length}</span></h3>
    <ul>
      ${texts.map((text) => html`<li>${text}</li>`)}
    </ul>
  </div>`;
}
