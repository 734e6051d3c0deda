import { describe, expect, it } from 'vitest';
import type { RateE8 } from '../../src/index.ts';
import { Lead } from './lead.ts';

describe.each([
  ['long', 1],
  ['short', -1],
] as const)('virtual position, %s', (_, d) => {
  describe('graded stop', () => {
    const graded = { gradedStop: true };
    const ENDS = ['FORCED_CLOSE', 'CLOSED', 'asks'] as const;

    it('VIRT-8: asks at a close at −50 % and at −80 %, once each', () => {
      const lead = new Lead(d, graded)
        .candle(0, 0, -9, -4)
        .flat(-5)
        .answer('graded_50', 1)
        .flat(-6)
        .flat(-8)
        .answer('graded_80', 1)
        .flat(-9);
      expect(lead.told(...ENDS)).toEqual(['2 asks graded_50', '4 asks graded_80']);
    });
    it('VIRT-8: a close at −80 % asks for that alone', () => {
      const lead = new Lead(d, graded).flat(0).flat(-8).answer('graded_80', 1).flat(-5).flat(-8);
      expect(lead.told(...ENDS)).toEqual(['2 asks graded_80']);
    });
    it('VIRT-8: closes below 0.25 at −50 % and below 0.4 at −80 %', () => {
      const at50 = (probability: number): readonly string[] =>
        new Lead(d, graded)
          .flat(0)
          .flat(-5)
          .answer('graded_50', probability)
          .told(...ENDS);
      const at80 = (probability: number): readonly string[] =>
        new Lead(d, graded)
          .flat(0)
          .flat(-8)
          .answer('graded_80', probability)
          .told(...ENDS);
      expect(at50(0.25)).toEqual(['2 asks graded_50']);
      expect(at50(0.2499)).toEqual(['2 asks graded_50', '2 FORCED_CLOSE graded_stop -5', '2 CLOSED graded_stop -5']);
      expect(at80(0.4)).toEqual(['2 asks graded_80']);
      expect(at80(0.3999)).toEqual(['2 asks graded_80', '2 FORCED_CLOSE graded_stop -8', '2 CLOSED graded_stop -8']);
    });
    it('VIRT-8: nothing is asked where it is off, or of a position that expires', () => {
      expect(new Lead(d).flat(0).flat(-5).flat(-8).told('asks')).toEqual([]);
      expect(new Lead(d, { ...graded, expiryMs: 120_000 }).flat(0).flat(-8).told('asks')).toEqual([]);
    });
    it('VIRT-10: without a probability half the part held since the worst price, and half the win rate', () => {
      // Worst −9, close −6: a third of the way back is held; (1/3 + 1/2) / 2 = 0.417 stays. At the worst itself it is 0.25, which stays too.
      expect(
        new Lead(d, graded)
          .flat(0)
          .candle(0, 0, -9, -6)
          .answer('graded_50', null)
          .told(...ENDS),
      ).toHaveLength(1);
      expect(
        new Lead(d, graded)
          .flat(0)
          .flat(-5)
          .answer('graded_50', null)
          .told(...ENDS),
      ).toHaveLength(1);
      // At −80 % it takes 0.4: (0 + 1/2) / 2 is less.
      expect(new Lead(d, graded).flat(0).flat(-8).answer('graded_80', null).told('FORCED_CLOSE')).toHaveLength(1);
      // A loss before: the win rate is 1/3, and 0.167 does not stay at −50 % either.
      const lost = new Lead(d, graded).flat(0).flat(-10).add(2).flat(0).flat(-5).answer('graded_50', null, 2);
      expect(lost.told('FORCED_CLOSE')).toEqual(['4 FORCED_CLOSE graded_stop -5']);
    });
    it.each([NaN, -0.1, 1.1, Infinity, -Infinity])('VIRT-10: %d is no probability', (odd) => {
      const lead = new Lead(d, graded).flat(0).flat(-5).answer('graded_50', odd).flat(-8).answer('graded_80', odd);
      expect(lead.told('FORCED_CLOSE')).toEqual(['3 FORCED_CLOSE graded_stop -8']);
    });
    it('VIRT-10: an answer to what was not asked, was answered or is gone changes nothing', () => {
      const lead = new Lead(d, { ...graded, dynamicLevels: true }).answer('graded_50', 0).flat(0);
      lead
        .answer('graded_50', 0)
        .answer('graded_80', 0)
        .answer('near_target', 1)
        .flat(-5)
        .answer('graded_80', 0)
        .answer('graded_50', 1)
        .answer('graded_50', 0);
      expect(lead.book.levels(1)).toEqual({ stop: 100 - 10 * d, target: 100 + 20 * d });
      expect(lead.told('FORCED_CLOSE')).toEqual([]);
      lead.flat(-8).flat(-10).answer('graded_80', 0).answer('graded_80', 0, 99);
      expect(lead.told(...ENDS)).toEqual(['2 asks graded_50', '3 asks graded_80', '4 CLOSED -10']);
    });
    it('VIRT-8: a late answer closes at the last close', () => {
      const lead = new Lead(d, graded).flat(0).flat(-5).flat(-3).answer('graded_50', 0);
      expect(lead.told('CLOSED')).toEqual(['3 CLOSED graded_stop -3']);
    });
  });

  describe('dynamic levels', () => {
    const dynamic = { dynamicLevels: true };

    it('VIRT-9: the stop goes to the entry and then follows, never back', () => {
      const lead = new Lead(d, dynamic, -10, 60)
        .candle(0, 9, 0, 5)
        .candle(5, 10, 5, 8)
        .candle(8, 9, 2, 8)
        .candle(8, 14, 8, 12)
        .candle(12, 30, 10, 25);
      expect(lead.candle(25, 26, 21, 22).candle(22, 22, 20, 21).told('PRICE_UPDATED', 'STOP_LOSS_HIT', 'CLOSED')).toEqual([
        '1 PRICE_UPDATED entered 0',
        '2 PRICE_UPDATED breakeven 8 0/60',
        '4 PRICE_UPDATED trailed 12 4/60',
        '5 PRICE_UPDATED trailed 25 20/60',
        '7 STOP_LOSS_HIT 20',
        '7 CLOSED 20',
      ]);
    });
    it('VIRT-9: they hold from the next candle on, and one that opens beyond is closed at its open', () => {
      const lead = new Lead(d, dynamic, -10, 60).flat(0).candle(0, 25, -9, 3).candle(2, 9, 1, 5);
      expect(lead.told('PRICE_UPDATED', 'STOP_LOSS_HIT')).toEqual([
        '1 PRICE_UPDATED entered 0',
        '2 PRICE_UPDATED breakeven 3 15/60',
        '3 STOP_LOSS_HIT 2',
      ]);
    });
    it('VIRT-5, VIRT-9: a stop that is not on the loss side is never near', () => {
      const lead = new Lead(d, dynamic, -10, 60).candle(0, 10, 0, 9).candle(9, 9, 0, 5);
      expect(lead.told('NEAR_STOP_LOSS', 'MIN_PNL_UPDATED', 'CLOSED')).toEqual(['2 CLOSED 0']);
    });
    it('VIRT-9: the distance is that of the entry', () => {
      // Entered at −4, the stop is 6 away: break-even at a best price of 2.
      const lead = new Lead(d, dynamic).candle(-4, 1, -4, 0).candle(0, 2, 0, 1).candle(1, 5, 1, 4);
      expect(lead.told('PRICE_UPDATED')).toEqual([
        '1 PRICE_UPDATED entered -4',
        '2 PRICE_UPDATED breakeven 1 -4/20',
        '3 PRICE_UPDATED trailed 4 -1/20',
      ]);
    });
    it('VIRT-9: near its target it asks, and moves it away by half once', () => {
      const lead = new Lead(d, dynamic).flat(0).candle(0, 16, 8, 15).answer('near_target', 0.7);
      expect(lead.told('PRICE_UPDATED', 'asks')).toEqual([
        '1 PRICE_UPDATED entered 0',
        '2 PRICE_UPDATED breakeven 15 6/20',
        '2 asks near_target',
        '2 PRICE_UPDATED target_extended 15 6/30',
      ]);
      lead.answer('near_target', 1).candle(15, 25, 10, 25).answer('near_target', 1).candle(25, 31, 25, 31);
      expect(lead.told('asks', 'NEAR_TAKE_PROFIT', 'TAKE_PROFIT_HIT')).toEqual([
        '2 NEAR_TAKE_PROFIT 16',
        '2 asks near_target',
        '4 TAKE_PROFIT_HIT 30',
      ]);
    });
    it('VIRT-9: not below 0.7', () => {
      expect(new Lead(d, dynamic).flat(0).candle(0, 16, 8, 15).answer('near_target', 0.6999).book.levels(1)!.target).toBe(100 + 20 * d);
    });
    it('VIRT-10: without a probability half the part of the way to the target, and half the win rate', () => {
      const target = (close: number, wins: number): number => {
        const lead = new Lead(d, dynamic).flat(0);
        for (let k = 0; k < wins; k++)
          lead
            .flat(20)
            .add(2 + k)
            .flat(0);
        lead.candle(0, 19, 8, close).answer('near_target', null, 1 + wins);
        return d * (lead.book.levels(1 + wins)!.target - 100);
      };
      expect(target(17, 0)).toBe(20); // 0.85 and 0.5: 0.675
      expect(target(18, 0)).toBe(30); // 0.9 and 0.5: 0.7
      expect(target(15, 1)).toBe(30); // 0.75 and 2/3: 0.708
      expect(target(14, 1)).toBe(20); // 0.7 and 2/3: 0.683
      expect(target(-3, 9)).toBe(20); // nothing and 10/11
    });
    it('VIRT-9: levels that are off stay, and nothing is asked', () => {
      const lead = new Lead(d).flat(0).candle(0, 16, 8, 15).answer('near_target', 1);
      expect(lead.told('PRICE_UPDATED', 'asks')).toEqual(['1 PRICE_UPDATED entered 0']);
      expect(lead.book.levels(1)).toEqual({ stop: 100 - 10 * d, target: 100 + 20 * d });
    });
    it('VIRT-9: half of an odd distance is rounded up', () => {
      expect(new Lead(d, dynamic, -10, 25).flat(0).candle(0, 20, 12, 15).answer('near_target', 1).book.levels(1)!.target).toBe(
        100 + 38 * d,
      );
    });
  });

  describe('looks', () => {
    it('VIRT-7: one at each check where monitoring is not smart', () => {
      const lead = new Lead(d).flat(0).flat(1, true).flat(2).flat(3, true).flat(-10, true);
      expect(lead.told('PRICE_UPDATED')).toEqual(['1 PRICE_UPDATED entered 0', '2 PRICE_UPDATED 1', '4 PRICE_UPDATED 3']);
      expect(lead.book.counters()).toEqual({ virtualLooks: 2, virtualLooksSpared: 0 });
    });
    it.each<[gain: number, nearest: string, every: number]>([
      [0, 'the first grade, half a stop distance away', 4],
      [-2, 'the first grade, 0.3 away', 2],
      [-4, 'the first grade, 0.1 away', 1],
      [-7, 'the first grade, 0.2 away', 1],
      [5, 'the first grade, 1 away', 8],
      [12, 'the target, 0.8 away', 4],
      [17, 'the target, 0.3 away', 2],
      [19, 'the target, 0.1 away', 1],
    ])('VIRT-7: at %d, near %s, every look of %d', (gain, _nearest, every) => {
      const lead = new Lead(d, { smartMonitoring: true }).flat(0);
      for (let k = 0; k < 16; k++) lead.flat(gain, true);
      expect(lead.told('PRICE_UPDATED')).toHaveLength(1 + 16 / every);
      expect(lead.book.counters()).toEqual({ virtualLooks: 16 / every, virtualLooksSpared: 16 - 16 / every });
    });
    it('VIRT-7: a grade that has been asked for is no level any more', () => {
      const lead = new Lead(d, { smartMonitoring: true, gradedStop: true }).flat(0).flat(-5).answer('graded_50', 1);
      for (let k = 0; k < 8; k++) lead.flat(-4, true); // the stop is 0.6 away
      expect(lead.book.counters()).toEqual({ virtualLooks: 2, virtualLooksSpared: 6 });
    });
  });

  it('VIRT-10: a win is what exceeds both fees', () => {
    const rateAfter = (gain: number, fee: number): number =>
      new Lead(d, { fee: fee as RateE8, expiryMs: 120_000 }).flat(0).flat(gain).book.winRate;
    expect(rateAfter(0, 0)).toBe(1 / 3);
    expect(rateAfter(1, 0)).toBe(2 / 3);
    // 1 % of 100 and of 102 is 2.02 ticks, of 100 and 98 it is 1.98.
    expect(rateAfter(2, 1e6)).toBe(d === 1 ? 1 / 3 : 2 / 3);
    expect(rateAfter(3, 1e6)).toBe(2 / 3);
  });
  it('VIRT-10: the win rate looks back on a hundred', () => {
    const lead = new Lead(d).flat(0).flat(20);
    expect(lead.book.winRate).toBe(2 / 3);
    for (let k = 2; k <= 100; k++) lead.add(k).flat(0).flat(-10);
    expect(lead.book.winRate).toBe(2 / 102);
    lead.add(101).flat(0).flat(-10);
    expect(lead.book.winRate).toBe(1 / 102);
    for (let k = 102; k <= 250; k++) lead.add(k).flat(0).flat(20);
    expect(lead.book.winRate).toBe(101 / 102);
  });
});
