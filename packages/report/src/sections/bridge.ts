import type { AccountSummary } from '@orrery/core';
import { profitBridge } from '../data/profit-bridge.ts';
import { formatGain, toneOf } from '../format/text.ts';
import { html, type Html } from '../html.ts';

interface Step {
  readonly label: string;
  readonly amount: number;
  /** Where the bar starts and ends on the way from 0 to the net profit, sats. */
  readonly from: number;
  readonly to: number;
  readonly total: boolean;
}

/** Waterfall from the profit before costs to the net profit. */
export function bridgeSection(account: AccountSummary): Html {
  const steps = bridgeSteps(account);
  const ends = steps.flatMap((step) => [step.from, step.to]);
  const low = Math.min(0, ...ends);
  const span = Math.max(0, ...ends) - low || 1;
  return html`<section aria-labelledby="bridge-title">
    <h2 id="bridge-title">From gross to net</h2>
    <table class="bridge">
      <thead>
        <tr>
          <th scope="col">USDT</th>
          <th scope="col" class="number">Amount</th>
          <th scope="col"><span class="visually-hidden">Bar</span></th>
        </tr>
      </thead>
      <tbody>
        ${steps.map((step) => row(step, low, span))}
      </tbody>
    </table>
    <p class="caption">
      Gross is what price moves alone would have brought, with every fill at its reference price. Slippage is modelled, not measured.
    </p>
  </section>`;
}

function bridgeSteps(account: AccountSummary): readonly Step[] {
  const bridge = profitBridge(account);
  const parts: readonly (readonly [string, number])[] = [
    ['Slippage', bridge.slippage],
    ['Fees', bridge.fees],
    ['Funding', bridge.funding],
    ...(bridge.unexplained === 0 ? [] : [['Unexplained', bridge.unexplained] as const]),
  ];
  const steps: Step[] = [{ label: 'Gross profit', amount: bridge.gross, from: 0, to: bridge.gross, total: true }];
  let level = bridge.gross;
  for (const [label, amount] of parts) {
    steps.push({ label, amount, from: level, to: level + amount, total: false });
    level += amount;
  }
  return [...steps, { label: 'Net profit', amount: bridge.net, from: 0, to: bridge.net, total: true }];
}

function row(step: Step, low: number, span: number): Html {
  const position = (sats: number): number => Math.round(((sats - low) / span) * 10_000) / 10;
  const left = position(Math.min(step.from, step.to));
  const width = Math.max(position(Math.max(step.from, step.to)) - left, 2);
  const tone = toneOf(step.amount);
  return html`<tr class="${step.total ? 'total' : 'part'}">
    <th scope="row">${step.label}</th>
    <td class="number ${tone}">${formatGain(step.amount)}</td>
    <td class="bar">
      <svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
        <line class="zero" x1="${position(0)}" y1="0" x2="${position(0)}" y2="10" />
        <rect class="bar-${tone}" x="${Math.min(left, 998)}" y="1" width="${width}" height="8" />
      </svg>
    </td>
  </tr>`;
}
