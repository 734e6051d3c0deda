import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countBins, evenBins } from '../../src/data/histogram.ts';

describe('evenBins', () => {
  it('has an edge at zero, so that no bar mixes gains and losses', () => {
    const bins = evenBins([-3, -1, 2, 4].map((value) => ({ value, won: value > 0 })));
    expect(bins.map((bin) => bin.from)).toContain(0);
    for (const bin of bins) expect(bin.wins > 0 && bin.losses > 0).toBe(false);
  });

  it('counts every sample once, outliers too', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 }), (values) => {
        const bins = evenBins(values.map((value) => ({ value, won: value > 0 })));
        expect(bins.reduce((sum, bin) => sum + bin.wins + bin.losses, 0)).toBe(values.length);
        expect(bins.length).toBeLessThanOrEqual(35);
      }),
    );
  });

  it('has bars of some width between values that differ by the smallest number there is', () => {
    const bins = evenBins([-5e-324, 7.4e-323].map((value) => ({ value, won: value > 0 })));
    expect(bins.map((bin) => [bin.wins, bin.losses])).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it('puts what lies far out into open bins at the ends', () => {
    const values = [...Array.from({ length: 300 }, (_, i) => i % 30), -10_000, 10_000];
    const bins = evenBins(values.map((value) => ({ value, won: true })));
    expect(bins[0]).toEqual({ from: -Infinity, to: 0, wins: 1, losses: 0 });
    expect(bins.at(-1)).toMatchObject({ to: Infinity, wins: 1 });
  });

  it('is empty of nothing', () => {
    expect(evenBins([])).toEqual([]);
  });
});

describe('countBins', () => {
  it('counts the lower edge in and the upper out', () => {
    const samples = [1, 2, 2, 3].map((value) => ({ value, won: value !== 3 }));
    expect(countBins(samples, [1, 2, 3])).toEqual([
      { from: 1, to: 2, wins: 1, losses: 0 },
      { from: 2, to: 3, wins: 2, losses: 0 },
    ]);
  });
});
