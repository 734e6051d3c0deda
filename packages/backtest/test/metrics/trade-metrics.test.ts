import type { TradeRow } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { computeMetrics } from '../../src/index.ts';
import { FIRST_DAY, threeDays, trade } from './run-fixture.ts';

const HOUR = 3_600_000;
const at = (hour: number): number => FIRST_DAY + hour * HOUR;

describe('trade metrics of +30, +10, −20, 0, −5 and one open position', () => {
  const trades = [
    trade('30', { entryTime: at(0), exitTime: at(1) }),
    trade('10', { entryTime: at(2), exitTime: at(5), side: 'short' }),
    trade('-20', { entryTime: at(6), exitTime: at(16), side: 'short' }),
    trade('0', { entryTime: at(17), exitTime: at(18) }),
    trade('-5', { entryTime: at(20), exitTime: at(22) }),
    trade('1000', { entryTime: at(30), exitTime: null, exitReason: 'end_of_data' }),
  ];
  const metrics = computeMetrics(threeDays(trades));

  it('counts', () => {
    expect([metrics['trades'], metrics['openTrades'], metrics['longTrades'], metrics['shortTrades']]).toEqual([5, 1, 3, 2]);
    expect(metrics['tradesPerDay']).toBeCloseTo(5 / 3, 12);
    expect([metrics['maxConsecutiveWins'], metrics['maxConsecutiveLosses']]).toEqual([2, 1]);
  });

  it('rates wins, a draw being none', () => {
    expect(metrics['winRate']).toBeCloseTo(2 / 5, 12);
    expect(metrics['winRateLong']).toBeCloseTo(1 / 3, 12);
    expect(metrics['winRateShort']).toBeCloseTo(1 / 2, 12);
  });

  it('sums and averages profits', () => {
    expect([metrics['grossProfit'], metrics['grossLoss'], metrics['longProfit'], metrics['shortProfit']]).toEqual([40, 25, 25, -10]);
    expect(metrics['profitFactor']).toBeCloseTo(1.6, 12);
    expect(metrics['expectancy']).toBeCloseTo(3, 12);
    expect([metrics['averageWin'], metrics['averageLoss']]).toEqual([20, 12.5]);
    expect(metrics['payoffRatio']).toBeCloseTo(1.6, 12);
    expect([metrics['largestWin'], metrics['largestLoss']]).toEqual([30, 20]);
    // (1 + 1.6) · 0.4 − 1 and 0.4 − 0.6 / 1.6
    expect(metrics['expectancyRatio']).toBeCloseTo(0.04, 12);
    expect(metrics['kelly']).toBeCloseTo(0.025, 12);
  });

  it('relates profits to the entry value of 100', () => {
    expect(metrics['averageTradeReturn']).toBeCloseTo(0.03, 12);
    expect(metrics['medianTradeReturn']).toBe(0);
  });

  it('rates the system by mean over deviation times root n', () => {
    // deviations from 3: 27, 7, −23, −3, −8; squares 729 + 49 + 529 + 9 + 64 = 1380; variance 345
    expect(metrics['systemQuality']).toBeCloseTo((3 / Math.sqrt(345)) * Math.sqrt(5), 10);
  });

  it('times holdings in hours', () => {
    expect(metrics['averageHolding']).toBeCloseTo((1 + 3 + 10 + 1 + 2) / 5, 12);
    expect(metrics['medianHolding']).toBe(2);
    expect([metrics['averageHoldingWinners'], metrics['medianHoldingWinners']]).toEqual([2, 2]);
    expect([metrics['averageHoldingLosers'], metrics['medianHoldingLosers']]).toEqual([6, 6]);
  });
});

describe('excursions', () => {
  const gone = (pnl: string, maxAdverse: number | null, maxFavourable: number | null): TradeRow =>
    trade(pnl, { maxAdverse, maxFavourable });

  it('averages how far prices went against and for trades, and leaves out what is not known', () => {
    const metrics = computeMetrics(
      threeDays([gone('5', 0.01, 0.06), gone('-5', 0.05, 0.02), gone('1', 0.03, 0.1), gone('-2', null, null), gone('0', 0.03, 0.02)]),
    );
    // MAE 1, 5, 3, 3 %: mean 3, median 3; of the winners 1 and 3: 2. MFE 6, 2, 10, 2 %: mean 5, median 4; of the loser 2.
    expect(metrics['averageAdverse']).toBeCloseTo(0.03, 12);
    expect(metrics['medianAdverse']).toBeCloseTo(0.03, 12);
    expect(metrics['averageAdverseWinners']).toBeCloseTo(0.02, 12);
    expect(metrics['averageFavourable']).toBeCloseTo(0.05, 12);
    expect(metrics['medianFavourable']).toBeCloseTo(0.04, 12);
    expect(metrics['averageFavourableLosers']).toBeCloseTo(0.02, 12);
    expect(metrics['edgeRatio']).toBeCloseTo(5 / 3, 12);
  });
  it('has no edge ratio where nothing went against a trade, rather than an infinite one', () => {
    expect(computeMetrics(threeDays([gone('5', 0, 0.06)]))['edgeRatio']).toBeNull();
    expect(computeMetrics(threeDays([gone('5', null, null)]))['averageAdverse']).toBeNull();
  });
});

describe('undefined trade metrics', () => {
  it('has counts of zero and no rate without trades', () => {
    const metrics = computeMetrics(threeDays());
    expect([metrics['trades'], metrics['grossProfit'], metrics['maxConsecutiveWins']]).toEqual([0, 0, 0]);
    for (const id of ['winRate', 'profitFactor', 'expectancy', 'payoffRatio', 'kelly', 'systemQuality', 'largestWin', 'averageHolding']) {
      expect(metrics[id], id).toBeNull();
    }
  });

  it('has no profit factor without a loss, rather than an infinite one', () => {
    const metrics = computeMetrics(threeDays([trade('5'), trade('7')]));
    expect(metrics['profitFactor']).toBeNull();
    expect(metrics['payoffRatio']).toBeNull();
    expect(metrics['winRate']).toBe(1);
  });
});

describe('money in trade metrics', () => {
  it('adds amounts that doubles would not: 0.1 + 0.2', () => {
    expect(computeMetrics(threeDays([trade('0.1'), trade('0.2')]))['grossProfit']).toBe(0.3);
  });

  it('refuses an amount that cannot be held exactly', () => {
    expect(() => computeMetrics(threeDays([trade('90071993')]))).toThrow('too large');
    expect(() => computeMetrics(threeDays([trade('0.000000001')]))).toThrow('finer');
  });
});
