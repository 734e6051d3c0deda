import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GradedBreaker, LEVEL_DWELL_MS, type BreakerChanged, type Sats } from '../../src/index.ts';
import { runs } from '../laws/options.ts';
import { anyNumber } from './any-number.ts';
import { at, inWords, sats } from './fixture.ts';

const LEVELS = [0.05, 0.1, 0.15] as const;
/** What a new breaker says to equities at hours: `2 graded 0→1 tripped 0.05`, one for each change. */
function told(...steps: readonly (readonly [hour: number, equity: number])[]): readonly string[] {
  const breaker = new GradedBreaker(LEVELS);
  return steps.flatMap(([hour, equity]) => {
    const change = breaker.observe(at(hour), sats(equity));
    return change === null ? [] : [`${hour} ${inWords(change)}`];
  });
}

describe('graded breaker', () => {
  it('RISK-6: rises at each threshold', () => {
    expect(told([0, 1000], [1, 950.01], [2, 950], [3, 900.01], [4, 900], [5, 850.01], [6, 850], [7, 100])).toEqual([
      '2 graded 0→1 tripped 0.05',
      '4 graded 1→2 tripped 0.1',
      '6 graded 2→3 tripped 0.15',
    ]);
  });
  it('RISK-6: rises over two or three levels at once', () => {
    expect(told([0, 1000], [1, 899])).toEqual(['1 graded 0→2 tripped 0.101']);
    expect(told([0, 1000], [1, 949], [2, 849])).toEqual(['1 graded 0→1 tripped 0.051', '2 graded 1→3 tripped 0.151']);
    expect(told([0, 1000], [1, 0])).toEqual(['1 graded 0→3 tripped 1']);
  });
  it('RISK-6: the loss is that from the highest equity, not from the first', () => {
    expect(told([0, 1000], [1, 2000], [2, 1900])).toEqual(['2 graded 0→1 tripped 0.05']);
  });

  it('RISK-7: falls below half of the threshold, after four hours', () => {
    expect(told([0, 1000], [1, 950], [2, 980], [4.99, 980], [5, 980])).toEqual(['1 graded 0→1 tripped 0.05', '5 graded 1→0 released 0.02']);
    // 2.5 % is half, not below it.
    expect(told([0, 1000], [1, 950], [5, 975], [6, 975.01])).toEqual(['1 graded 0→1 tripped 0.05', '6 graded 1→0 released 0.02499']);
  });
  it('RISK-7: falls one level at a time, each of which stands for four hours', () => {
    expect(told([0, 1000], [1, 850], ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14].map((hour) => [hour, 1000] as const))).toEqual([
      '1 graded 0→3 tripped 0.15',
      '5 graded 3→2 released 0',
      '9 graded 2→1 released 0',
      '13 graded 1→0 released 0',
    ]);
    // At 7.4 % level 3 falls, for half of 15 % is 7.5 %; level 2 stays until the loss is below 5 %.
    expect(told([0, 1000], [1, 850], [5, 926], [50, 926], [51, 951])).toEqual([
      '1 graded 0→3 tripped 0.15',
      '5 graded 3→2 released 0.074',
      '51 graded 2→1 released 0.049',
    ]);
  });
  it('RISK-7: rises within the four hours, and they count anew from there', () => {
    expect(told([0, 1000], [1, 950], [4, 900], [5, 960], [7.9, 960], [8, 960], [12, 980])).toEqual([
      '1 graded 0→1 tripped 0.05',
      '4 graded 1→2 tripped 0.1',
      '8 graded 2→1 released 0.04',
      '12 graded 1→0 released 0.02',
    ]);
  });

  it('RISK-6, RISK-7: the mark is of seven UTC days; when it leaves them, a flat account is let in again', () => {
    const hourly = Array.from({ length: 8 * 24 }, (_, k) => [k + 13, 850] as const);
    expect(told([12, 1000], ...hourly)).toEqual([
      '13 graded 0→3 tripped 0.15',
      '168 graded 3→2 released 0', // midnight before day 7: days 1 to 7 know 850 alone
      '172 graded 2→1 released 0',
      '176 graded 1→0 released 0',
    ]);
  });
  it('RISK-6: a day begins with the equity that the one before ended with, also over a gap', () => {
    // Day 0 ends at 920, and nothing is known of the eleven days behind it: 10 of 920 are lost, not 90 of 1,000.
    expect(told([0, 1000], [1, 920], [12 * 24, 910])).toEqual(['1 graded 0→1 tripped 0.08', '288 graded 1→0 released 0.01086957']);
    expect(told([0, 1000], [12 * 24, 890])).toEqual(['288 graded 0→2 tripped 0.11']);
  });
  it('RISK-12: what is no number or of an earlier time says nothing', () => {
    expect(told([0, 1000], [1, NaN], [2, Infinity], [NaN, 10], [-Infinity, 10], [5, 1000], [4, 10], [6, 940])).toEqual([
      '6 graded 0→1 tripped 0.06',
    ]);
  });

  /** Hours since the last observation, from some minutes to days, and the equity there. */
  const steps = fc.array(
    fc.tuple(
      fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 16 }).map((k) => k / 4) }, fc.integer({ min: 1, max: 200 })),
      fc.integer({ min: 1, max: 1000 }),
    ),
    { minLength: 1, maxLength: 60 },
  );
  it('RISK-7: for any course of the equity, levels fall by one, four hours after a change, and rise on a loss that reaches them', () => {
    fc.assert(
      fc.property(steps, (course) => {
        const breaker = new GradedBreaker(LEVELS);
        let [hour, level, last] = [0, 0, 0];
        for (const [wait, equity] of course) {
          hour += wait;
          const change: BreakerChanged | null = breaker.observe(at(hour), sats(equity));
          if (change === null) continue;
          expect(change.from).toBe(level);
          if (change.to < change.from) {
            expect(change).toMatchObject({ to: level - 1, cause: 'released' });
            expect(change.ts - last).toBeGreaterThanOrEqual(LEVEL_DWELL_MS);
            expect(breaker.loss).toBeLessThan(LEVELS[level - 1]! / 2);
          } else {
            expect(change.cause).toBe('tripped');
            expect(breaker.loss).toBeGreaterThanOrEqual(LEVELS[change.to - 1]!);
          }
          [level, last] = [change.to, change.ts];
        }
        expect(breaker.level).toBe(level);
      }),
      runs(500),
    );
  });
  it('RISK-6: with the same past, the larger loss has the higher level', () => {
    fc.assert(
      fc.property(steps, fc.nat(1000), fc.nat(1000), (course, one, other) => {
        const after = (equity: number): number => {
          const breaker = new GradedBreaker(LEVELS);
          let hour = 0;
          for (const [wait, past] of course) breaker.observe(at((hour += wait)), sats(past));
          breaker.observe(at(hour + 1), sats(equity));
          return breaker.level;
        };
        expect(after(Math.min(one, other))).toBeGreaterThanOrEqual(after(Math.max(one, other)));
      }),
      runs(300),
    );
  });
  it('RISK-7: after seven days and twelve hours of flat equity it is closed, whatever was before', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 4 }), (course, flat, quarters) => {
        const breaker = new GradedBreaker(LEVELS);
        let hour = 0;
        for (const [wait, equity] of course) breaker.observe(at((hour += wait)), sats(equity));
        for (let k = 0; k <= 7 * 24 + 12; k += quarters / 4) breaker.observe(at(hour + k), sats(flat));
        expect(breaker.level).toBe(0);
      }),
      runs(200),
    );
  });
  it('RISK-6: the loss is that from the highest of seven days, each of which begins with the equity before it', () => {
    fc.assert(
      fc.property(steps, (course) => {
        const breaker = new GradedBreaker(LEVELS);
        const known: { readonly hour: number; readonly equity: number }[] = [];
        let hour = 0;
        for (const [wait, equity] of course) {
          hour += wait;
          breaker.observe(at(hour), sats(equity));
          known.push({ hour, equity });
          const from = (Math.floor(hour / 24) - 6) * 24;
          const highest = Math.max(
            ...known.filter((one, k) => one.hour >= from || (known[k + 1]?.hour ?? 0) >= from).map((one) => one.equity),
          );
          expect(breaker.loss).toBe((sats(highest) - sats(equity)) / sats(highest));
        }
      }),
      runs(300),
    );
  });
  it('RISK-6: for any numbers the level is one of four, and every value can be journalled', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyNumber, anyNumber), { maxLength: 60 }), (course) => {
        const breaker = new GradedBreaker(LEVELS);
        for (const [ts, equity] of course) {
          const change = breaker.observe(at(ts), equity as Sats);
          expect([0, 1, 2, 3]).toContain(breaker.level);
          if (change !== null) expect(Number.isSafeInteger(change.value) && change.value >= 0).toBe(true);
        }
      }),
      runs(300),
    );
  });
});
