import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelRange, rewardOf, riskOf } from '../../src/signal/levels.ts';
import { addLevel, LEVELS_WORDS, resetLevels, takeLevels, targetDistance } from '../../src/signal/untaken-levels.ts';
import { handSignals, quietTape, type HandEvent } from './hand.ts';

const NIGHT = Date.UTC(2025, 0, 1, 19);

describe('SIG-4: the stop', () => {
  it.each([
    ['a quarter ATR beyond the edge', 6, 7],
    ['at least half an ATR from the entry', 0.5, 2],
    ['at the edge itself: a quarter is too little, so half', 0, 2],
    ['up to 4 ATRs', 15, 16],
    ['and not more', 15.01, NaN],
    ['nor where the price is beyond the edge', -0.01, NaN],
    ['nor where there is no edge', NaN, NaN],
  ])('%s', (_, edge, risk) => expect(riskOf(edge, 4)).toBe(risk));

  it('needs an ATR above 0', () => {
    const base: HandEvent[] = [{ row: 20, kind: 'sweep', direction: 1, top: 99, bottom: 98 }];
    expect(handSignals({ tape: quietTape(40, NIGHT, {}), base, atr: 0 })).toEqual([]);
    expect(handSignals({ tape: quietTape(40, NIGHT, {}), base, atr: NaN })).toEqual([]);
  });
});

describe('SIG-4: the target', () => {
  it.each([
    ['a level 1.5 risks away', 6, 6],
    ['twice the risk where the level is nearer', 5.99, 8],
    ['a level 5 risks away', 20, 20],
    ['twice the risk where it is farther', 20.01, 8],
    ['twice the risk without a level', NaN, 8],
  ])('%s', (_, distance, reward) => expect(rewardOf(distance, 4)).toBe(reward));

  /** A sweep at row 20 with a risk of 4 (the stop at 96); an ATR of 4. */
  function target(levels: readonly HandEvent[], special = {}): number {
    const base: HandEvent[] = [...levels, { row: 20, kind: 'sweep', direction: 1, top: 99, bottom: 97 }];
    return handSignals({ tape: quietTape(40, NIGHT, special), base })[0]!.target;
  }

  it('is the nearest level that is far enough, whatever kind it is', () => {
    expect(target([{ row: 3, kind: 'swing', direction: 1, top: 115 }])).toBe(115);
    expect(
      target([
        { row: 3, kind: 'swing', direction: 1, top: 115 },
        { row: 4, kind: 'previous_day', direction: 1, top: 110 },
        { row: 5, kind: 'session', direction: 1, top: 104 },
      ]),
    ).toBe(110);
  });
  it('of equal highs is their lower edge', () => {
    expect(target([{ row: 3, kind: 'liquidity', direction: 1, top: 112, bottom: 111 }])).toBe(111);
  });
  it('is no level that the price has gone beyond since, though a touch leaves it', () => {
    const level: HandEvent = { row: 3, kind: 'swing', direction: 1, top: 110 };
    expect(target([level], { 10: { high: 110 } })).toBe(110);
    expect(target([level], { 10: { high: 110.5 } })).toBe(108);
    expect(target([level], { 2: { high: 110.5 } })).toBe(110);
  });
  it('has to be above 0, or there is no signal', () => {
    const short: HandEvent[] = [{ row: 20, kind: 'sweep', direction: -1, top: 103, bottom: 101 }];
    const at = (shift: number): number => {
      const tape = quietTape(40, NIGHT, Object.fromEntries(Array.from({ length: 40 }, (_, row) => [row, { close: 100 - shift }])));
      const base = short.map((event) => ({ ...event, top: event.top - shift, bottom: event.bottom! - shift }));
      return handSignals({ tape, base }).length;
    };
    // A risk of 4, so the target is 8 below the close.
    expect([at(91), at(92), at(93)]).toEqual([1, 0, 0]);
  });
});

describe('levels that are not taken', () => {
  it('are those of a list that is searched from end to end', () => {
    const step = fc.oneof(
      fc.record({ add: fc.integer({ min: 50, max: 150 }) }),
      fc.record({ take: fc.integer({ min: 50, max: 150 }) }),
      fc.record({ entry: fc.integer({ min: 50, max: 150 }), risk: fc.integer({ min: 1, max: 10 }) }),
    );
    fc.assert(
      fc.property(fc.constantFrom(1 as const, -1 as const), fc.array(step, { maxLength: 60 }), (side, steps) => {
        const state = new Float64Array(LEVELS_WORDS);
        resetLevels(state);
        let list: number[] = [];
        for (const one of steps) {
          if ('add' in one) {
            addLevel(state, side, one.add);
            list.push(one.add);
          } else if ('take' in one) {
            takeLevels(state, side, one.take);
            list = list.filter((level) => side * level >= side * one.take);
          } else {
            const distances = list.map((level) => side * (level - one.entry));
            const fit = distances.filter((distance) => distance >= 1.5 * one.risk && distance <= 5 * one.risk);
            expect(targetDistance(state, side, one.entry, one.risk)).toBe(fit.length > 0 ? Math.min(...fit) : NaN);
          }
        }
      }),
    );
  });
  it('are 64 a side at most, and the farthest are let go', () => {
    const state = new Float64Array(LEVELS_WORDS);
    resetLevels(state);
    for (let level = 101; level <= 200; level++) addLevel(state, 1, level);
    expect(targetDistance(state, 1, 100, 12.8)).toBe(20);
    expect(targetDistance(state, 1, 140, 10)).toBe(15);
    expect(targetDistance(state, 1, 150, 10)).toBe(NaN);
  });
});

describe('the ATR that levels are made of', () => {
  it('has so few digits that what is added to a whole price is exact', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.double({ min: 0.5, max: 100_000, noNaN: true }), (price, atr) => {
        const risk = riskOf(0, levelRange(atr));
        expect(price + risk - price).toBe(risk);
        expect(price - (price - risk)).toBe(risk);
      }),
    );
  });
});
