import { parseSats, type RunResult } from '@orrery/core';
import { formatGain, formatNumber, formatPercent, formatUsdt, toneOf } from '../format/text.ts';
import { html, type Html } from '../html.ts';

interface Card {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly tone: string;
}

/** The numbers that are read first, each with what it includes. */
export function headlineSection(result: RunResult): Html {
  return html`<section aria-labelledby="headline-title">
    <h2 id="headline-title" class="visually-hidden">Headline numbers</h2>
    <dl class="cards">
      ${[...performanceCards(result), ...costCards(result)].map(
        (card) =>
          html`<div class="card" data-card="${card.id}">
            <dt>${card.label}</dt>
            <dd class="${card.tone}">${card.value}</dd>
            <dd class="note">${card.note}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

function performanceCards(result: RunResult): readonly Card[] {
  const metric = (id: string): number | null => result.metrics[id] ?? null;
  const { startEquity, endEquity } = result.account;
  const days = formatNumber(metric('days'), 0);
  return [
    {
      id: 'totalReturn',
      label: 'Total return, net',
      value: formatPercent(metric('totalReturn')),
      note: `${formatUsdt(parseSats(startEquity))} → ${formatUsdt(parseSats(endEquity))} USDT after fees, funding and slippage`,
      tone: toneOf(metric('totalReturn')),
    },
    {
      id: 'benchmarkReturn',
      label: 'Buy and hold',
      value: formatPercent(metric('benchmarkReturn')),
      note: 'same symbols, equal weights, no costs',
      tone: toneOf(metric('benchmarkReturn')),
    },
    {
      id: 'maxDrawdown',
      label: 'Max drawdown',
      value: formatPercent(metric('maxDrawdown')),
      note: `${formatNumber(metric('maxDrawdownAmount'), 2)} USDT, over every frame`,
      tone: metric('maxDrawdown') === 0 ? 'flat' : 'loss',
    },
    {
      id: 'sharpe',
      label: 'Sharpe ratio',
      value: formatNumber(metric('sharpe'), 2),
      note: `${days} daily returns × √365; P(true > 0) ${formatPercent(metric('probabilisticSharpe'))}`,
      tone: toneOf(metric('sharpe')),
    },
    {
      id: 'trades',
      label: 'Finished trades',
      value: formatNumber(metric('trades'), 0),
      note: `${formatNumber(metric('longTrades'), 0)} long, ${formatNumber(metric('shortTrades'), 0)} short, ${formatNumber(metric('openTrades'), 0)} open at the end`,
      tone: 'flat',
    },
    {
      id: 'winRate',
      label: 'Win rate',
      value: formatPercent(metric('winRate')),
      note: `long ${formatPercent(metric('winRateLong'))}, short ${formatPercent(metric('winRateShort'))}`,
      tone: 'flat',
    },
    {
      id: 'profitFactor',
      label: 'Profit factor',
      value: formatNumber(metric('profitFactor'), 2),
      note: 'winners over losers, after fees and funding',
      tone: metric('profitFactor') === null ? 'flat' : toneOf((metric('profitFactor') ?? 1) - 1),
    },
  ];
}

function costCards(result: RunResult): readonly Card[] {
  const { account, metrics } = result;
  const share = (id: string): string => `${formatPercent(metrics[id] ?? null)} of start equity`;
  const fees = parseSats(account.fees);
  const funding = parseSats(account.funding);
  const slippage = parseSats(account.slippage);
  return [
    { id: 'fees', label: 'Fees', value: formatGain(-fees), note: share('feesToEquity'), tone: toneOf(-fees) },
    { id: 'funding', label: 'Funding', value: formatGain(funding), note: share('fundingToEquity'), tone: toneOf(funding) },
    {
      id: 'slippage',
      label: 'Slippage',
      value: formatGain(-slippage),
      note: `${share('slippageToEquity')}; modelled`,
      tone: toneOf(-slippage),
    },
  ];
}
