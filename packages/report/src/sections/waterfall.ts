import type { AccountSummary } from '@orrery/core';
import { waterfall, type WaterfallStep } from '../data/waterfall.ts';
import { formatExact, formatGain, formatUsdt, toneOf } from '../format/text.ts';
import { html, type Html } from '../html.ts';
import { type LevelRow, levelRows } from '../svg/level-rows.ts';

/** Waterfall from start to end equity: drawn to the cent, and as a table to the last unit. */
export function waterfallSection(account: AccountSummary): Html {
  const steps = waterfall(account);
  const net = steps.reduce((sum, step) => (step.kind === 'change' ? sum + step.amount : sum), 0);
  const crossesZero = steps.some((step) => step.to <= 0);
  return html`<section aria-labelledby="waterfall-title">
    <h2 id="waterfall-title">From gross to net</h2>
    <div class="pair picture-first">
      <div>${levelRows(steps.map(drawn), crossesZero ? [{ at: 0, kind: 'zero' }] : [], describe(steps))}</div>
      <div class="scroll" tabindex="0" role="region" aria-label="Steps from start to end equity">
        <table class="waterfall">
          <thead>
            <tr>
              <th scope="col">USDT</th>
              <th scope="col" class="number">Amount</th>
              <th scope="col" class="number">Account</th>
            </tr>
          </thead>
          <tbody>
            ${steps.map(row)}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Net profit</th>
              <td class="number ${toneOf(net)}">${formatExact(net)}</td>
              <td></td>
            </tr>
          </tfoot>
        </table>
      </div>
    </div>
    <p class="caption">
      Gross is what price moves alone would have brought, with every fill at its reference price; open positions are at their last closes.
      Slippage is modelled, not measured. Bars lie between the account before and after each step; their scale does not begin at zero.
    </p>
  </section>`;
}

function drawn(step: WaterfallStep): LevelRow {
  return {
    label: step.label,
    value: step.kind === 'level' ? formatUsdt(step.amount) : formatGain(step.amount),
    tone: step.kind === 'level' ? 'flat' : toneOf(step.amount),
    from: step.from,
    to: step.to,
  };
}

function row(step: WaterfallStep): Html {
  return step.kind === 'level'
    ? html`<tr class="total">
        <th scope="row">${step.label}</th>
        <td></td>
        <td class="number">${formatExact(step.amount)}</td>
      </tr>`
    : html`<tr class="part">
        <th scope="row">${step.label}</th>
        <td class="number ${toneOf(step.amount)}">${formatExact(step.amount)}</td>
        <td class="number">${formatExact(step.to)}</td>
      </tr>`;
}

function describe(steps: readonly WaterfallStep[]): string {
  return `Waterfall in USDT: ${steps.map((step) => `${step.label} ${step.kind === 'level' ? formatUsdt(step.amount) : formatGain(step.amount)}`).join('; ')}.`;
}
