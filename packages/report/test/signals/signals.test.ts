import type { SignalSummary } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { renderReport } from '../../src/index.ts';
import { signalsSection } from '../../src/sections/signals.ts';
import { sampleRun } from '../sample-run.ts';
import { SIGNALS } from '../sample-signals.ts';

const { result, ...rest } = sampleRun({ seed: 5, symbols: ['BTCUSDT'], days: 10, intervalMinutes: 60 });

/** The section's text, in single spaces and without its markup. */
function textOf(signals: SignalSummary): string {
  return (signalsSection({ ...result, signals })?.markup ?? '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}
const markup = signalsSection({ ...result, signals: SIGNALS })?.markup ?? '';
/** The cells of a table's row by what it begins with. */
const cells = (name: string): readonly string[] => {
  const row = new RegExp(`<th scope="row">${name}</th>([^]*?)</tr>`).exec(markup)?.[1] ?? '';
  return [...row.matchAll(/<td class="number[^>]*>([^<]*)</g)].map((match) => match[1]);
};

describe('the section of signals', () => {
  it('is on the page of a run that raises signals, and on no other', () => {
    expect(renderReport({ ...rest, result: { ...result, signals: SIGNALS } })).toContain('id="signals-title"');
    expect(renderReport({ ...rest, result: { ...result, signals: null } })).not.toContain('id="signals-title"');
    expect(renderReport({ ...rest, result })).not.toContain('id="signals-title"');
  });

  it('counts what was raised, accepted and rejected, and what was undecided: 12 = 4 + 7 + 1', () => {
    const text = textOf(SIGNALS);
    expect(text).toContain('12 signals: 7 long and 5 short (58.3 % long). 4 accepted, 7 rejected, 1 undecided when the data ended.');
    expect(cells('Raised')).toEqual(['12', '7', '5', '58.33 %']);
    expect(cells('Accepted')).toEqual(['4', '3', '1', '75.00 %']);
    expect(cells('From ict')).toEqual(['9', '4', '5', '44.44 %']);
    expect(cells('From trend_signal')).toEqual(['3', '3', '0', '100.00 %']);
  });

  it('draws long against short: 7 of 12 are 58.33 of 100 wide, even is the middle', () => {
    const [, bar] = /aria-label="7 long, 5 short"[^>]*>([^]*?)<\/svg>/.exec(markup) ?? [];
    expect(bar).toMatch(/balance-long" x="0" y="0" width="58\.33"[^]*balance-short" x="58\.33" y="0" width="41\.67"[^]*x1="50" x2="50"/);
  });

  it('gives the bars of reasons the length of their counts: 2 of the largest 5 are 40 wide, 20 of either direction', () => {
    const [, bar] = /aria-label="1 long, 1 short"[^>]*>([^]*?)<\/svg>/.exec(markup) ?? [];
    expect(bar).toMatch(/balance-long" x="0" y="0" width="20"[^]*balance-short" x="20" y="0" width="20"[^]*x1="20" x2="20"/);
  });

  it('lists rejections by reason, the most frequent first', () => {
    expect(cells('graded breaker')).toEqual(['5', '2', '3', '40.00 %']);
    expect(markup.indexOf('graded breaker')).toBeLessThan(markup.indexOf('low confidence'));
  });

  it('gives all eleven events of virtual positions, their outcomes and their mean return after fees', () => {
    const events = [...markup.matchAll(/data-event="([A-Z_]*)"[^]*?<td class="number">([^<]*)</g)].map(([, kind, count]) => [kind, count]);
    expect(events).toHaveLength(11);
    expect(Object.fromEntries(events)).toMatchObject({ CREATED: '8', PRICE_UPDATED: '1,200', EXPIRED: '1', CLOSED: '7' });
    expect(cells('Long')).toEqual(['4', '1', '25.00 %']);
    expect(cells('Short')).toEqual(['3', '2', '66.67 %']);
    expect(cells('All')).toEqual(['7', '3', '42.86 %']);
    expect(textOf(SIGNALS)).toContain('7 closed, 1 open when the data ended.');
    expect(textOf(SIGNALS)).toMatch(/after the fees of entry and exit: −0\.06[23] % of the entry price/);
  });

  it('lists breaker changes in their order, and says how many are not listed', () => {
    const text = textOf(SIGNALS);
    expect(text).toContain('2025-03-03 07:09 graded account 0 → 1 tripped 5.18 %');
    expect(text).toContain('2025-03-04 00:00 volatility BTCUSDT 1 → 0 released 180.00 %');
    expect(text).toContain('3 changes, of which the first 2 are listed.');
  });

  it('shows what the strategy counted, in words', () => {
    expect(cells('virtual looks')).toEqual(['2,092']);
    expect(cells('virtual looks spared')).toEqual(['3,675']);
  });

  it('says in one line what there is nothing of', () => {
    const none = { long: 0, short: 0 };
    const events = Object.fromEntries(Object.keys(SIGNALS.virtual.events).map((kind) => [kind, 0]));
    const empty: SignalSummary = {
      ...SIGNALS,
      raised: none,
      accepted: none,
      rejected: [],
      sources: [],
      virtual: {
        ...SIGNALS.virtual,
        events: events as SignalSummary['virtual']['events'],
        closed: none,
        won: none,
        meanReturnPercent: null,
      },
      breakers: [],
      breakerChanges: 0,
      counters: {},
    };
    const text = textOf(empty);
    expect(text).toContain('The strategy raised no signal.');
    expect(text).toContain('No virtual position was opened.');
    expect(text).toContain('No breaker changed its level.');
    expect(text).not.toMatch(/NaN|Infinity|null|undefined/);
  });
});
