import { type AccountSummary, type MetricDefinition, parseSats, type RunResult } from '@orrery/core';
import { formatGain, formatMetric, formatNumber, formatTime, formatUsdt } from './format/text.ts';
import { boundsVerdict } from './data/bounds-verdict.ts';
import { signalLines } from './signal-lines.ts';
import { cautions } from './sections/cautions.ts';

/** Metrics that a terminal shows, in two columns. */
const HEADLINE: readonly (readonly [string, string])[] = [
  ['totalReturn', 'benchmarkReturn'],
  ['cagr', 'annualVolatility'],
  ['sharpe', 'probabilisticSharpe'],
  ['sortino', 'calmar'],
  ['maxDrawdown', 'longestDrawdown'],
  ['trades', 'tradesPerDay'],
  ['winRate', 'profitFactor'],
  ['expectancy', 'payoffRatio'],
  ['timeInMarket', 'maxLeverage'],
];
const WIDTH = 38;
/** Beyond it a screen scrolls away what came before. */
const SHOWN_WARNINGS = 12;

/**
 * A run in about thirty lines of plain text, without colours: headline metrics, account, assumptions in brief, warnings, digest.
 * @throws RangeError when an amount of the result is no decimal or cannot be held exactly.
 */
export function renderSummary(result: RunResult, definitions: readonly MetricDefinition[]): string {
  const lines = [
    ...(result.dataset.synthetic ? ['SYNTHETIC DATA: generated candles, no market.', ''] : []),
    ...identity(result),
    '',
    ...HEADLINE.map(([left, right]) => `${metricCell(left, result, definitions)}   ${metricCell(right, result, definitions)}`.trimEnd()),
    '',
    ...accountLines(result),
    '',
    ...signalLines(result.signals ?? null),
    ...assumptionLines(result),
    '',
    ...warningLines(result.warnings),
    ...cautions(result).map((text) => `note     ${text}`),
    ...result.config.models.map(({ name, id }) => `model    ${oneLine(name)}: ${oneLine(id)}`),
    `digest   ${result.digest}`,
  ];
  return `${lines.join('\n')}\n`;
}

function identity(result: RunResult): readonly string[] {
  const { config, dataset } = result;
  const named = config.symbols.slice(0, 4).join(', ');
  const symbols = config.symbols.length > 4 ? `${named} and ${config.symbols.length - 4} more` : named;
  const first = Math.min(...dataset.symbols.map((symbol) => symbol.first));
  const last = Math.max(...dataset.symbols.map((symbol) => symbol.last));
  const period = dataset.symbols.length === 0 ? 'no candles' : `${formatTime(first)} to ${formatTime(last)} UTC`;
  return [`${oneLine(config.strategy)}  ${oneLine(symbols)}  ${config.interval}`, `${period}  run ${oneLine(result.runId)}`];
}

function metricCell(id: string, result: RunResult, definitions: readonly MetricDefinition[]): string {
  const definition = definitions.find((candidate) => candidate.id === id);
  const value = definition === undefined ? '' : formatMetric(result.metrics[id] ?? null, definition.unit);
  return sideBySide(definition?.title ?? '', value);
}

/** A label and a value at the two ends of a column. */
function sideBySide(label: string, value: string): string {
  return label + ' '.repeat(Math.max(1, WIDTH - label.length - value.length)) + value;
}

function accountLines(result: RunResult): readonly string[] {
  const { account } = result;
  const usdt = (text: string): string => formatUsdt(parseSats(text));
  return [
    ['Start equity, USDT', usdt(account.startEquity), 'End equity, USDT', usdt(account.endEquity)],
    ['Fees', formatGain(0 - parseSats(account.fees)), 'Funding', formatGain(parseSats(account.funding))],
    ['Slippage (modelled)', formatGain(0 - parseSats(account.slippage)), 'Liquidations', formatNumber(account.liquidations, 0)],
    ...liquidationLines(account),
  ].map(([a = '', b = '', c = '', d = '']) => `${sideBySide(a, b)}   ${sideBySide(c, d)}`);
}

/** Left out of the many runs that the venue never closed anything in. */
function liquidationLines(account: AccountSummary): readonly (readonly string[])[] {
  const fees = parseSats(account.liquidationFees);
  const absorbed = parseSats(account.absorbed);
  if (account.liquidations === 0 && fees === 0 && absorbed === 0) return [];
  return [['Liquidation fees', formatGain(0 - fees), 'Absorbed by the fund', formatGain(absorbed)]];
}

function boundsLines({ bounds, account }: RunResult): readonly string[] {
  if (bounds === null) return [];
  const { low, high, text } = boundsVerdict(bounds, account.startEquity);
  const interval = low === high ? formatUsdt(low) : `${formatUsdt(low)} to ${formatUsdt(high)}`;
  return [`bounds   end equity ${interval} USDT. ${text}`];
}

function assumptionLines(result: RunResult): readonly string[] {
  const { config } = result;
  return [
    `assumed  maker ${config.makerFeeBps} bps, taker ${config.takerFeeBps} bps, slippage ${config.slippageBps} bps, at most ${config.maxLeverage}x`,
    `fills    ${config.fills} path; order of high and low decided in ${formatNumber(result.ambiguousCandles, 0)} of ${formatNumber(result.candles, 0)} candles`,
    ...boundsLines(result),
  ];
}

function warningLines(warnings: readonly string[]): readonly string[] {
  const shown = warnings.slice(0, SHOWN_WARNINGS).map((text) => `WARNING  ${oneLine(text)}`);
  const left = warnings.length - shown.length;
  return left === 0 ? shown : [...shown, `WARNING  and ${formatNumber(left, 0)} more, in the report and in result.json`];
}

/** Untrusted text without what a terminal would obey or break a line at. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
