import { describe, expect, it } from 'vitest';
import { emaCross } from '../src/index.ts';
import { denialsOf, replay, type Candle } from './replay.ts';

const at = (close: number): Candle => [close, close, close, close];
/** Lengths 2 and 3: weights of the newest close 2/3 and 1/2, each seeded by a plain mean (TA-Lib EMA). */
const SHORT = { fast: 2, slow: 3 };

describe('ema-cross', () => {
  // closes 100 100 100 125 | fast 100 100 100 116.67, slow 100 100 112.5: above at row 3, 10,000 / 125 = 80 = 80,000 lots
  // At row 2 both are 100: not above, so short 100,000 lots; the turn at row 3 buys those and 80,000 more at the next open.
  it('turns with the averages, at the open of the next candle', () => {
    const { fills } = replay(emaCross, SHORT, [at(100), at(100), at(100), [100, 125, 100, 125], at(125)]);
    // Row 3 opens at 100, where the short fills. At its close the equity is 10,000 − 100 × 25 = 7,500; 7,500 / 125 = 60 → 60,000 lots.
    expect(fills).toEqual(['3 sell market 100000@100', '4 buy market 160000@125']);
  });
  it('says nothing while the slow average has no value', () => {
    expect(replay(emaCross, SHORT, [at(100), at(101)]).messages).toEqual([]);
  });
  it('asks once for each turn, not at each candle', () => {
    const rising = Array.from({ length: 30 }, (_, k) => at(100 + k));
    expect(replay(emaCross, SHORT, rising).fills).toHaveLength(1);
  });
  it('is denied by the filters once, and lives on', () => {
    const run = replay(emaCross, SHORT, [at(100), at(100), at(100), at(100)], { minLots: 100_001 as never });
    expect(denialsOf(run)).toEqual(['2 below_min_quantity']);
    expect(run.fills).toEqual([]);
  });
  it.each([
    [12, 12],
    [30, 26],
  ])('refuses a fast length of %d with a slow one of %d', (fast, slow) => {
    expect(() => emaCross.build({ fast, slow })).toThrow(`parameter fast is ${fast}; it must be below slow, which is ${slow}`);
  });
  it('checks bounds before it compares, so that the message names the bound', () => {
    expect(() => emaCross.build({ fast: 1 })).toThrow('parameter fast is 1; it must be a whole number from 2 to 200');
  });
});
