import type { TradeRow } from '@orrery/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excursions, median } from '../../src/data/excursions.ts';
import { excursionSection } from '../../src/sections/excursions.ts';

/** 2 at 100: entered for 200 USDT. */
function trade(pnl: string, maxAdverse: number | null, maxFavourable: number | null, exitTime: number | null = 2): TradeRow {
  return {
    id: 1,
    symbol: 'BTCUSDT',
    side: 'long',
    quantity: '2',
    entryTime: 1,
    entryPrice: '100',
    exitTime,
    exitPrice: '101',
    fees: '0',
    funding: '0',
    pnl,
    exitReason: 'signal',
    maxAdverse,
    maxFavourable,
  };
}

const trades = [
  trade('10', 0.01, 0.06),
  trade('4', 0.03, 0.04),
  trade('-8', 0.05, 0.01),
  trade('0', 0.02, null),
  trade('-1', null, null),
  trade('99', 0.5, 0.5, null),
];

describe('excursions', () => {
  const found = excursions(trades);

  it('sets each finished trade’s excursion against its profit over 200 USDT', () => {
    expect(found.adverse).toEqual([
      { excursion: 0.01, result: 0.05, won: true },
      { excursion: 0.03, result: 0.02, won: true },
      { excursion: 0.05, result: -0.04, won: false },
      { excursion: 0.02, result: 0, won: false },
    ]);
    expect(found.favourable.map((point) => point.excursion)).toEqual([0.06, 0.04, 0.01]);
  });

  it('gives the medians of winners and losers apart, and counts what is not known', () => {
    expect(found.winners).toEqual({ trades: 2, medianAdverse: 0.02, medianFavourable: 0.05 });
    expect(found.losers).toEqual({ trades: 3, medianAdverse: 0.035, medianFavourable: 0.01 });
    expect(found.without).toBe(2);
  });
});

describe('median', () => {
  it('is the middle of an odd number and the mean of the middle two of an even one', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([7]), median([])]).toEqual([2, 2.5, 7, null]);
  });

  it('has as many values below as above', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1 }), (values) => {
        const middle = median(values) ?? NaN;
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });
});

describe('excursionSection', () => {
  it('states medians and what is missing', () => {
    const { markup } = excursionSection(trades);
    expect(markup).toContain('2 finished trades lack an excursion');
    expect(markup).toContain('median of winners 2.00 %, of losers 3.50 %');
  });

  it('says in one line that there is nothing to draw', () => {
    expect(excursionSection([]).markup).toContain('There are no finished trades.');
    expect(excursionSection([trade('1', null, null)]).markup).toContain('No excursion is known of any of the 1 finished trades.');
    expect(excursionSection([trade('1', null, null)]).markup).not.toContain('<svg');
  });
});
