import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFeature, rangePosition, ZONE_DECAY, zoneWeight } from '../../src/index.ts';
import { column, graphOf } from '../feature/market.ts';
import { tapeOf } from '../feature/market.ts';
import { wholeBars } from './candles.ts';
import { drawnTape } from './drawn-market.ts';

const tape = drawnTape();
/** Rows at which a column is neither 0 nor missing, with its values. */
const moments = (text: string): [number, number][] =>
  column(text, tape).flatMap((value, row): [number, number][] => (value === 0 || Number.isNaN(value) ? [] : [[row, value]]));
/** Rows at which a column has another value than before, with the new one. */
const changes = (text: string): [number, number][] =>
  column(text, tape).flatMap((value, row, all): [number, number][] => (row > 0 && Object.is(value, all[row - 1]) ? [] : [[row, value]]));

describe('columns over the drawn market', () => {
  it('levels of swings change where a swing is confirmed', () => {
    expect(changes('swing_high(2,2)')).toEqual([
      [0, NaN],
      [6, 110],
      [21, 111],
      [30, 120],
      [39, 114],
      [46, 110],
      [51, 106],
      [59, 118],
    ]);
    expect(changes('swing_low(2,2)').map(([row]) => row)).toEqual([0, 10, 18, 24, 35, 43, 53, 60]);
  });

  it('breaks and sweeps are 0 but at their candle; the bias stays', () => {
    expect(moments('structure_break(2,2)')).toEqual([
      [26, 1],
      [39, -2],
      [53, 2],
      [60, 1],
    ]);
    expect(changes('market_bias(2,2)')).toEqual([
      [0, 0],
      [26, 1],
      [39, -1],
      [53, 1],
    ]);
    expect(moments('liquidity_sweep(2,2)')).toEqual([
      [19, -1],
      [51, 1],
    ]);
  });

  it('gaps are in ATRs at the candle that completes them', () => {
    const atr = column('atr(14)', tape);
    const heights = [19, 2, 26, 2, 27, 5, 39, -2, 54, 2, 55, 2];
    expect(moments('fvg()')).toEqual([0, 2, 4, 6, 8, 10].map((k) => [heights[k], heights[k + 1] / atr[heights[k]]]));
    // From row 43 on 108–110 is touched, at 44 filled; the gap of row 19 is filled at 21.
    const bearish = column('bearish_fvg_distance()', tape);
    expect(bearish.slice(38, 45)).toEqual([NaN, 4 / atr[39], 6 / atr[40], 5 / atr[41], 2 / atr[42], 1 / atr[43], NaN]);
    expect(column('bullish_fvg_distance()', tape).slice(18, 22)).toEqual([NaN, 2 / atr[19], 0, NaN]);
  });

  it('STR-5 STR-11: order blocks are told by their distance and by what age and touches have left of their quality', () => {
    const atr = column('atr(14)', tape);
    const distance = column('bullish_order_block_distance(2,2)', tape);
    expect(distance.slice(25, 28)).toEqual([NaN, 7 / atr[26], 9 / atr[27]]);
    expect([distance[32], distance[33], distance[39]]).toEqual([0, 0, NaN]);
    const strength = column('bullish_order_block_strength(2,2)', tape);
    const quality = (140 / 199 + 81 / 112 + 1) / 3;
    expect([strength[25], strength[39]]).toEqual([0, 0]);
    expect(strength[26]).toBeCloseTo(quality, 14);
    // Row 32 touches it, row 33 reaches its middle.
    expect(strength[31]).toBeCloseTo(quality * 2 ** -0.05, 14);
    expect(strength[32]).toBeCloseTo(quality * 2 ** -0.06 * 0.7, 14);
    expect(strength[33]).toBeCloseTo(quality * 2 ** -0.07 * 0.5 * 0.7, 14);
  });

  it('STR-12: premium and discount lie between the last swings', () => {
    const position = column('premium_discount(2,2)', tape);
    expect(position.slice(9, 11)).toEqual([NaN, 7 / 12]);
    // Row 26 closes at 116, above 111; row 41 at 103, below 106 to 114; row 58 at 113 above 98 to 106.
    expect([position[26], position[41], position[58]]).toEqual([1, 0, 1]);
  });

  it('STR-10: sessions and kill zones go by the opening time', () => {
    expect(column('kill_zone()', tape).slice(0, 17)).toEqual([1, 1, 1, 1, 0, 0, 2, 2, 2, 0, 0, 3, 3, 3, 4, 4, 0]);
    expect(column('session(0)', tape).slice(4, 23)).toEqual([1, 1, ...Array.from({ length: 15 }, () => 0), 1, 1]);
    expect(column('session(3)', tape).slice(12, 23)).toEqual([0, ...Array.from({ length: 9 }, () => 1), 0]);
  });

  it('a kind that finds objects is refused where numbers are read', () => {
    expect(() => graphOf(tape, 'sma(structure(2,2,30),5)')).toThrow(
      new RangeError(
        'feature sma(structure(2,2,30),5): sma reads numbers, and structure(2,2,30) finds objects: it has events, and no value a candle',
      ),
    );
    expect(() => parseFeature('structure(0)')).toThrow(/structure: left must be a whole number from 1 to 50, got 0/);
  });

  it('are finite and in range wherever they have a value', () => {
    const ranges: [string, number, number][] = [
      ['market_bias(1,1)', -1, 1],
      ['structure_break(1,1)', -2, 2],
      ['premium_discount(1,1)', 0, 1],
      ['bullish_order_block_strength(1,1)', 0, 1],
      ['bearish_order_block_strength(1,1)', 0, 1],
      ['bullish_order_block_distance(1,1)', 0, 1000],
      ['bearish_fvg_distance()', 0, 1000],
      ['fvg()', -1000, 1000],
      ['liquidity_sweep(1,1)', -1, 1],
    ];
    fc.assert(
      fc.property(wholeBars, (rows) => {
        for (const [text, least, most] of ranges) {
          const values = column(text, tapeOf(rows)).filter((value) => !Number.isNaN(value));
          expect(
            values.every((value) => value >= least && value <= most),
            text,
          ).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a zone’s weight', () => {
  it('STR-11: halves with each half-life, and falls with what is filled and with each touch', () => {
    const fresh = { age: 0, filledFraction: 0, touches: 0 };
    expect(zoneWeight(fresh)).toBe(1);
    expect(zoneWeight({ ...fresh, age: 2 * ZONE_DECAY.halfLife })).toBeCloseTo(0.25, 15);
    expect(zoneWeight({ ...fresh, age: 10, filledFraction: 0.5, touches: 2 }, { halfLife: 10, touchPenalty: 0.7 })).toBeCloseTo(0.1225, 15);
    expect(zoneWeight({ ...fresh, filledFraction: 1 })).toBe(0);
  });

  it('STR-11: never rises with age, filling or touches, and lies in [0,1]', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    const wear = fc.record({ age: fc.nat(10_000), filledFraction: part, touches: fc.nat(30) });
    const decay = fc.record({ halfLife: fc.double({ min: 1, max: 5000, noNaN: true }), touchPenalty: part });
    fc.assert(
      fc.property(wear, wear, decay, (a, b, by) => {
        const more = { age: a.age + b.age, filledFraction: Math.max(a.filledFraction, b.filledFraction), touches: a.touches + b.touches };
        const weight = zoneWeight(a, by);
        expect(weight >= 0 && weight <= 1).toBe(true);
        expect(zoneWeight(more, by)).toBeLessThanOrEqual(weight);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the place within a range', () => {
  it.each([
    [98, 98, 110, 0],
    [104, 98, 110, 0.5],
    [107, 98, 110, 0.75],
    [120, 98, 110, 1],
    [90, 98, 110, 0],
    [110, 105, 100, 1],
    [90, 105, 100, 0],
    [102, 105, 100, 0.5],
    [100, 100, 100, 0.5],
  ])('STR-12: of %d between %d and %d is %d', (price, low, high, expected) => {
    expect(rangePosition(price, low, high)).toBe(expected);
  });

  it('STR-13: of the mirrored price is told from the same differences', () => {
    const price = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(price, price, price, (close, low, high) => {
        const mirrored = rangePosition(100_000 - close, 100_000 - high, 100_000 - low);
        expect(mirrored).toBe(rangePosition(-close, -high, -low));
        expect(mirrored).toBeCloseTo(1 - rangePosition(close, low, high), 14);
      }),
    );
  });
});
