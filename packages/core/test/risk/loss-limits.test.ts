import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DailyLossLimit, DrawdownLimit, type BreakerChanged } from '../../src/index.ts';
import { runs } from '../laws/options.ts';
import { at, DAY, inWords, sats } from './fixture.ts';

type Steps = readonly (readonly [hour: number, equity: number])[];
/** What a limit says to equities at hours, one text for each change. */
function told(limit: DailyLossLimit | DrawdownLimit, steps: Steps): readonly string[] {
  return steps.flatMap(([hour, equity]) => {
    const changes: BreakerChanged[] = [];
    limit.observe(at(hour), sats(equity), changes);
    return changes.map((change) => `${hour} ${inWords(change)}`);
  });
}
const daily = (...steps: Steps): readonly string[] => told(new DailyLossLimit(0.05), steps);
const drawdown = (...steps: Steps): readonly string[] => told(new DrawdownLimit(0.2), steps);

describe('daily loss', () => {
  it('RISK-8: is reckoned from the last equity of the days before, once a day', () => {
    expect(daily([23, 1000], [24, 960], [25, 950.01], [26, 950], [27, 900], [28, 1100], [47, 1090])).toEqual([
      '26 daily_loss 0→1 tripped 0.05',
    ]);
  });
  it('RISK-8: on the first day from the first equity', () => {
    expect(daily([5, 2000], [6, 2100], [7, 1900])).toEqual(['7 daily_loss 0→1 tripped 0.05']);
  });
  it('RISK-8: is released by the next day', () => {
    expect(daily([0, 1000], [1, 940], [23.99, 940], [24, 940])).toEqual(['1 daily_loss 0→1 tripped 0.06', '24 daily_loss 1→0 released 0']);
    // No frames for days: the day on which there is one again begins with what was known last.
    expect(daily([0, 1000], [1, 940], [96, 930])).toEqual([
      '1 daily_loss 0→1 tripped 0.06',
      '96 daily_loss 1→0 released 0.0106383', // 10 of 940
    ]);
  });
  it('RISK-8: the first equity of a day may trip anew', () => {
    expect(daily([0, 1000], [1, 950], [24, 855])).toEqual([
      '1 daily_loss 0→1 tripped 0.05',
      '24 daily_loss 1→0 released 0.1',
      '24 daily_loss 0→1 tripped 0.1',
    ]);
  });
  it('RISK-8: a day that begins with nothing has lost all', () => {
    expect(daily([0, 0], [24, 0])).toEqual(['0 daily_loss 0→1 tripped 1', '24 daily_loss 1→0 released 1', '24 daily_loss 0→1 tripped 1']);
  });
  it('RISK-12: what is no number or of an earlier time says nothing', () => {
    expect(daily([0, 1000], [1, NaN], [NaN, 10], [2, Infinity], [24, 1000], [23, 900], [25, 960])).toEqual([]);
  });
  it('RISK-8: remembers the worst of the day', () => {
    const limit = new DailyLossLimit(0.05);
    told(limit, [
      [0, 1000],
      [1, 900],
      [2, 990],
    ]);
    expect([limit.isTripped, limit.worst]).toEqual([true, 0.1]);
    told(limit, [[24, 980.1]]);
    expect([limit.isTripped, limit.worst.toFixed(10)]).toEqual([false, '0.0100000000']);
  });

  it('RISK-8: for any course, trips and releases take turns, and releases come with a new day alone', () => {
    const course = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -5, max: 1000 })), { maxLength: 60 });
    fc.assert(
      fc.property(course, (steps) => {
        const limit = new DailyLossLimit(0.05);
        let [hour, day, level] = [0, -1, 0];
        for (const [wait, equity] of steps) {
          hour += wait;
          const changes: BreakerChanged[] = [];
          limit.observe(at(hour), sats(equity), changes);
          const today = Math.floor(at(hour) / DAY);
          for (const change of changes) {
            expect([change.from, change.to]).toEqual([level, 1 - level]);
            if (change.to === 0) expect(today).toBeGreaterThan(day);
            level = change.to;
          }
          day = today;
          expect(limit.isTripped).toBe(level === 1);
          if (limit.isTripped) expect(limit.worst).toBeGreaterThanOrEqual(0.05);
        }
      }),
      runs(300),
    );
  });
});

describe('drawdown', () => {
  it('RISK-9: trips once at the loss from the highest equity ever, and stays', () => {
    expect(drawdown([0, 1000], [1, 1200], [2, 960.01], [200, 960], [201, 100], [900, 5000])).toEqual(['200 drawdown 0→1 tripped 0.2']);
  });
  it('RISK-9: an account that is worth nothing has lost all', () => {
    expect(drawdown([0, -1])).toEqual(['0 drawdown 0→1 tripped 1']);
  });
  it('RISK-12: what is no number or of an earlier time says nothing', () => {
    expect(drawdown([0, 1000], [1, NaN], [NaN, 10], [2, -Infinity], [3, 1000], [2, 10])).toEqual([]);
  });
  it('RISK-9: is tripped exactly from the first equity on that is a fifth below one before', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 60 }), (equities) => {
        const limit = new DrawdownLimit(0.2);
        equities.forEach((equity, hour) => {
          told(limit, [[hour, equity]]);
          const isReached = equities.slice(0, hour + 1).some((low, k) => equities.slice(0, k + 1).some((high) => 5 * (high - low) >= high));
          expect(limit.isTripped).toBe(isReached);
        });
      }),
      runs(200),
    );
  });
});
