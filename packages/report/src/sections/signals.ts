import { type ByDirection, parseSats, type RunResult, type SignalSummary } from '@orrery/core';
import { formatGain, formatNumber, formatUsdt } from '../format/text.ts';
import { html, type Html } from '../html.ts';
import { balanceTable } from './balance-table.ts';
import { breakerTable } from './breakers.ts';
import { virtualPart } from './virtual-positions.ts';

/** What became of the run's signals; null for a strategy that raises none. */
export function signalsSection({ signals, account }: RunResult): Html | null {
  if (signals === undefined || signals === null) return null;
  return html`<section class="signals" aria-labelledby="signals-title">
    <h2 id="signals-title">Signals</h2>
    ${total(signals.raised) === 0 ? html`<p class="empty">The strategy raised no signal.</p>` : raised(signals)} ${virtualPart(signals)}
    <h3 id="breakers-title">Breakers</h3>
    ${breakerTable(signals)} ${counters(signals)}
    <p class="caption">
      Signals say nothing of profit: what the run earned, after fees of ${formatUsdt(parseSats(account.fees))} USDT and funding of
      ${formatGain(parseSats(account.funding))} USDT, stands in the headline, its steps in the waterfall, and how far it hangs on ambiguous
      candles under Bounds.
    </p>
  </section>`;
}

function total({ long, short }: ByDirection): number {
  return long + short;
}

function raised(signals: SignalSummary): Html {
  const { raised: all, accepted, rejected, sources } = signals;
  const refused = rejected.reduce((sum, one) => sum + total(one), 0);
  const open = total(all) - total(accepted) - refused;
  return html`<p>
      ${count(total(all), 'signal')}: ${balanceText(all)}. ${formatNumber(total(accepted), 0)} accepted, ${formatNumber(refused, 0)}
      rejected${open === 0 ? '' : `, ${formatNumber(open, 0)} undecided when the data ended`}.
    </p>
    <p class="legend"><span class="key key-long">long</span><span class="key key-short">short</span></p>
    ${balanceTable(
      'signals-title',
      'Signals',
      [
        { name: 'Raised', ...all },
        { name: 'Accepted', ...accepted },
        ...sources.map(({ source, long, short }) => ({ name: `From ${source}`, long, short })),
      ],
      'shares',
    )}
    <h3 id="rejections-title">Rejections by reason</h3>
    ${
      rejected.length === 0
        ? html`<p class="empty">No signal was rejected.</p>`
        : balanceTable(
            'rejections-title',
            'Reason',
            rejected
              .map(({ reason, long, short }) => ({ name: spoken(reason), long, short }))
              .toSorted((a, b) => total(b) - total(a) || a.name.localeCompare(b.name, 'en')),
            'counts',
          )
    }`;
}

/** How even the two directions are, in words. */
export function balanceText({ long, short }: ByDirection): string {
  const all = long + short;
  if (all === 0) return 'none of either direction';
  return `${formatNumber(long, 0)} long and ${formatNumber(short, 0)} short (${formatNumber((100 * long) / all, 1)} % long)`;
}

function count(number: number, noun: string): string {
  return `${formatNumber(number, 0)} ${noun}${number === 1 ? '' : 's'}`;
}

/** `low_reward` and `virtualLooks` as words. */
function spoken(name: string): string {
  return name
    .replaceAll('_', ' ')
    .replace(/[a-z][A-Z]/g, (pair) => `${pair.charAt(0)} ${pair.charAt(1)}`)
    .toLowerCase();
}

function counters({ counters: counted }: SignalSummary): Html | null {
  const names = Object.keys(counted).sort();
  if (names.length === 0) return null;
  return html`<h3 id="counters-title">Counted on the way</h3>
    <table class="facts narrow" aria-labelledby="counters-title">
      <tbody>
        ${names.map(
          (name) =>
            html`<tr>
              <th scope="row">${spoken(name)}</th>
              <td class="number">${formatNumber(counted[name] ?? null, 0)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}
