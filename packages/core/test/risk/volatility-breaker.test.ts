import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RELEASE_RATIO, TRIP_RATIO, VolatilityBreaker, type BreakerChanged } from '../../src/index.ts';
import { runs } from '../laws/options.ts';
import { anyNumber } from './any-number.ts';
import { at, id, inWords } from './fixture.ts';

/** What the breaker of one instrument says to each ratio, and whether it is spiking then. */
function told(...ratios: number[]): readonly string[] {
  const breaker = new VolatilityBreaker(1);
  return ratios.map((ratio, hour) => {
    const change = breaker.observe(id(0), at(hour), ratio);
    return `${change === null ? '-' : inWords(change)}${breaker.isSpiking(id(0)) ? ' spiking' : ''}`;
  });
}

describe('volatility breaker', () => {
  it('RISK-5: trips at 3, is released at 1.5, and spikes from 2', () => {
    expect(told(1, 1.99, 2, 2.99, 3, 2, 1.51, 1.5, 1.99)).toEqual([
      '-',
      '-',
      '- spiking',
      '- spiking',
      'volatility 0 0→1 tripped 3 spiking',
      '- spiking',
      '- spiking', // 1.51: still tripped
      'volatility 0 1→0 released 1.5',
      '-',
    ]);
  });
  it('RISK-5: NaN and ratios below 0 tell nothing, an infinite one trips', () => {
    expect(told(NaN, 4, NaN, -1, 0, Infinity)).toEqual([
      '-',
      'volatility 0 0→1 tripped 4 spiking',
      '- spiking',
      '- spiking',
      'volatility 0 1→0 released 0',
      `volatility 0 0→1 tripped ${Number.MAX_SAFE_INTEGER / 1e8} spiking`,
    ]);
  });
  it('RISK-5: each instrument has its own, closed before the first ratio', () => {
    const breaker = new VolatilityBreaker(3);
    breaker.observe(id(1), at(0), 5);
    expect([0, 1, 2].map((k) => breaker.isTripped(id(k)))).toEqual([false, true, false]);
    expect([0, 1, 2].map((k) => breaker.isSpiking(id(k)))).toEqual([false, true, false]);
  });

  it('RISK-5: for any ratios, trips and releases take turns, each beyond its own threshold', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyNumber, fc.double({ min: 0, max: 5, noNaN: true })), { maxLength: 60 }), (ratios) => {
        const breaker = new VolatilityBreaker(1);
        let before = 0;
        ratios.forEach((ratio, hour) => {
          const change: BreakerChanged | null = breaker.observe(id(0), at(hour), ratio);
          if (change !== null) {
            expect([change.from, change.to]).toEqual([before, 1 - before]);
            expect(change.to === 1 ? ratio >= TRIP_RATIO : ratio <= RELEASE_RATIO).toBe(true);
            expect(Number.isSafeInteger(change.value) && change.value >= 0).toBe(true);
            before = change.to;
          }
          expect(breaker.isTripped(id(0))).toBe(before === 1);
          if (before === 1) expect(breaker.isSpiking(id(0))).toBe(true);
        });
      }),
      runs(300),
    );
  });
});
