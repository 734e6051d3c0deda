import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bars, column, tapeOf, type Bar } from './market.ts';
import { NAIVE } from './naive.ts';

/** Largest number that took part so far: what rounding is relative to. */
function scaleAt(rows: readonly Bar[], row: number): number {
  return rows.slice(0, row + 1).reduce((scale, bar) => Math.max(scale, bar.high, bar.volume), 1);
}

/** Quotients of differences: a candle is no scale for them, and a spike's leftovers may decide them wholly. */
const QUOTIENTS = /^(rsi|cci|zscore|bollinger_bandwidth|stochastic|mfi|roc|log_return)/;
const calm = bars.map((rows) => rows.map((bar) => ({ ...bar, high: bar.high % 1e6, close: bar.close % 1e6 }))).filter(isOrdered);

function isOrdered(rows: readonly Bar[]): boolean {
  return rows.every((bar) => bar.high >= Math.max(bar.open, bar.close) && bar.low <= Math.min(bar.open, bar.close));
}

describe('against the definition, row by row', () => {
  it.each(Object.entries(NAIVE))('%s', (text, naive) => {
    const isQuotient = QUOTIENTS.test(text);
    fc.assert(
      fc.property(isQuotient ? calm : bars, (rows) => {
        const values = column(text, tapeOf(rows));
        values.forEach((value, row) => {
          const expected = naive(rows, row);
          const tolerance = isQuotient ? 1e-6 * Math.max(1, Math.abs(expected)) : 1e-12 * scaleAt(rows, row);
          expect(Number.isNaN(value), `row ${row}`).toBe(Number.isNaN(expected));
          if (!Number.isNaN(expected))
            expect(Math.abs(value - expected), `row ${row}: ${value}, ${expected}`).toBeLessThanOrEqual(tolerance);
        });
      }),
      { numRuns: 100 },
    );
  });
});
