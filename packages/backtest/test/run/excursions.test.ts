import { createTape, type InstrumentId, type Tape } from '@orrery/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExcursionScan } from '../../src/run/excursions.ts';

/** Candles of one second with these lows and highs. */
function tapeOf(candles: readonly (readonly [low: number, high: number])[]): Tape {
  const tape = createTape(0 as InstrumentId, 1000, candles.length);
  for (const [low, high] of candles) {
    const row = tape.length++;
    tape.closeTs[row] = (row + 1) * 1000 - 1;
    tape.low[row] = low;
    tape.high[row] = high;
  }
  return tape;
}

describe('maximum adverse and favourable excursion', () => {
  const tape = tapeOf([
    [90, 130],
    [95, 110],
    [80, 105],
    [99, 120],
    [50, 200],
  ]);
  it.each([
    // Held over candles 2 to 4: lowest 80, highest 120.
    ['a long', 1, 100, 1999, 3999, { adverse: 0.2, favourable: 0.2 }],
    ['a short', -1, 100, 1999, 3999, { adverse: 0.2, favourable: 0.2 }],
    ['a long that was never under water', 1, 75, 1999, 3999, { adverse: 0, favourable: 0.6 }],
    ['a short that was never ahead', -1, 75, 1999, 3999, { adverse: 0.6, favourable: 0 }],
    ['a trade inside one candle, which counts whole', 1, 100, 2500, 2700, { adverse: 0.2, favourable: 0.05 }],
    ['a position still open at the end', 1, 100, 3999, Infinity, { adverse: 0.5, favourable: 1 }],
    ['one that no candle covers', 1, 100, 9999, 10_999, null],
  ] as const)('of %s', (_, sign, price, from, to, wanted) => {
    expect(new ExcursionScan(tape).of(sign, price, from, to)).toEqual(wanted);
  });

  it('is what a look at all candles of each trade gives, for trades one after the other', () => {
    const candles = fc.array(fc.tuple(fc.integer({ min: 50, max: 100 }), fc.integer({ min: 100, max: 150 })), {
      minLength: 1,
      maxLength: 30,
    });
    const times = fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(candles, times, fc.constantFrom(1 as const, -1 as const), (list, moments, sign) => {
        const scan = new ExcursionScan(tapeOf(list));
        const sorted = moments.toSorted((a, b) => a - b);
        for (const [k, from] of sorted.slice(0, -1).entries()) {
          const to = sorted[k + 1];
          const isHeld = (row: number): boolean => (row + 1) * 1000 - 1 >= from && row * 1000 - 1 < to;
          const held = list.filter((_, row) => isHeld(row) || (row === Math.ceil((from + 1) / 1000) - 1 && from === to));
          const found = scan.of(sign, 100, from, to);
          if (held.length === 0) {
            expect(found).toBeNull();
            continue;
          }
          const fall = (100 - Math.min(...held.map(([low]) => low))) / 100;
          const rise = (Math.max(...held.map(([, high]) => high)) - 100) / 100;
          expect(found).toEqual(sign > 0 ? { adverse: fall, favourable: rise } : { adverse: rise, favourable: fall });
        }
      }),
    );
  });

  it('passes each candle a few times, whatever the number of trades', () => {
    let reads = 0;
    const rows = 10_000;
    const whole = tapeOf(Array.from({ length: rows }, () => [90, 110] as const));
    const counted = { ...whole, high: new Proxy(whole.high, { get: (high, key) => ((reads += 1), Reflect.get(high, key) as unknown) }) };
    const scan = new ExcursionScan(counted);
    for (let k = 0; k < rows; k++) scan.of(1, 100, (k + 1) * 1000 - 1, (k + 2) * 1000 - 1);
    expect(reads).toBeLessThan(3 * rows);
  });
});
