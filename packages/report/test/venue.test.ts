import { type RunResult, DEFAULT_VENUE } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { venueSection } from '../src/sections/venue.ts';
import { sampleRun } from './sample-run.ts';

const { result } = sampleRun({ seed: 11, symbols: ['BTCUSDT'], days: 10, intervalMinutes: 60 });

/** The facts of the section by their names. */
function facts(run: RunResult): Readonly<Record<string, string>> {
  const rows = venueSection(run).markup.matchAll(/<th scope="row">([^<]*)<\/th>\s*<td class="breakable">([^<]*)<\/td>/g);
  return Object.fromEntries([...rows].map((match) => [match[1], match[2]]));
}

describe('venueSection', () => {
  it('says how a plain venue is set up', () => {
    const plain = { ...result, config: { ...result.config, venue: DEFAULT_VENUE } };
    expect(facts(plain)).toMatchObject({
      'Fee tier': 'none: the rates were given',
      'Margin mode': 'cross: all positions share the wallet',
      'Position mode': 'one-way: one position of each symbol',
      Leverage: '20× at the start, less where a symbol’s brackets allow less',
      'Limit orders': 'through: fill when the price goes beyond them',
      'Volume cap': 'none: orders fill whole',
      Spread: 'none',
      Impact: 'none',
      Latency: 'none',
      Universe: 'all symbols of the run',
    });
  });

  it('says how an elaborate one is', () => {
    const venue: RunResult['config']['venue'] = {
      marginMode: 'isolated',
      hedgeMode: true,
      leverage: 7,
      spreadBps: 1.5,
      impactBps: 30,
      maxVolumeShare: 0.05,
      limitFill: 'touch',
      latencyMs: [50, 200],
      fine: '1m',
      universe: { top: 50, trailingDays: 30 },
      feeTier: 'vip1',
      bnbDiscount: true,
    };
    const told = facts({ ...result, config: { ...result.config, venue } });
    expect(told['Fee tier']).toBe('vip1; paid in BNB, the rates are already a tenth lower');
    expect(told['Margin mode']).toBe('isolated: every position has margin of its own');
    expect(told['Position mode']).toMatch(/^hedge/);
    expect(told['Limit orders']).toMatch(/^touch/);
    expect(told['Volume cap']).toMatch(/^5\.00 % of a candle’s volume/);
    expect(told['Latency']).toBe('50 to 200 ms from decision to venue, drawn evenly with seed 11');
    expect(told['Universe']).toBe('the top 50 by quote volume of the trailing 30 days, as of each day');
  });

  it('names tables with date and hash, mark prices of all rows, and symbols without brackets', () => {
    const withoutBrackets = Array.from({ length: 22 }, (_, i) => `S${i}`);
    const told = facts({ ...result, venue: { ...result.venue, withoutBrackets, filters: null } });
    expect(told['Bracket table']).toBe(`of 2026-05-07, SHA-256 ${'b4ac'.repeat(16)}`);
    expect(told['Filter table']).toBe('none');
    expect(told['Mark price']).toBe('recorded for 120 of 240 rows (50.00 %); traded prices stand for it in the rest');
    expect(told['Finer candles']).toBe('1m: decided inside 12 candles; 5 were not covered');
    expect(told['Without brackets']).toMatch(/^S0, S1, .*S19 and 2 more: a flat bracket was taken$/);
  });

  it('tells finer candles that were looked for from those that were not', () => {
    const fine = (interval: string | null, fineCandles: number): string | undefined =>
      facts({
        ...result,
        config: { ...result.config, venue: { ...result.config.venue, fine: interval } },
        venue: { ...result.venue, fineCandles, coarseCandles: 0 },
      })['Finer candles'];
    expect(fine('auto', 3)).toBe('where any are stored: decided inside 3 candles; 0 were not covered');
    expect(fine(null, 0)).toBe('not looked for');
  });

  it('says of an old run that it recorded none of them', () => {
    const old = { ...result, venue: { ...result.venue, rows: 0 } };
    expect(venueSection(old).markup).toContain('did not record its mark prices');
    expect(facts(old)).not.toHaveProperty('Mark price');
  });
});
