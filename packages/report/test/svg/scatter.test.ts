import { describe, expect, it } from 'vitest';
import { pointsBeyond, scatter, scatterRange } from '../../src/svg/scatter.ts';

const hundred = Array.from({ length: 101 }, (_, i) => ({ x: i / 100, y: (i - 50) / 100, won: i > 50 }));

describe('scatterRange', () => {
  it('leaves out the outermost points and always holds zero', () => {
    expect(scatterRange(hundred)).toEqual({ right: 0.99, bottom: -0.49, top: 0.49 });
    expect(scatterRange([{ x: 0.2, y: 3, won: true }])).toEqual({ right: 0.2, bottom: 0, top: 3 });
  });

  it('has some width where all points are at zero', () => {
    expect(scatterRange([{ x: 0, y: 0, won: false }])).toEqual({ right: 1, bottom: 0, top: 1 });
  });

  it('counts what lies beyond it', () => {
    expect(pointsBeyond(hundred, scatterRange(hundred))).toBe(2);
  });
});

describe('scatter', () => {
  const range = { right: 0.1, bottom: -0.05, top: 0.05 };
  const drawn = (points: Parameters<typeof scatter>[0]): string => scatter(points, range, { won: 0.05, lost: null }, 'words').markup;

  it('draws a dot for a trade won and a dash for one lost', () => {
    const text = drawn([
      { x: 0.05, y: 0.05, won: true },
      { x: 0.1, y: -0.05, won: false },
    ]);
    expect(text).toMatch(/scatter-marks scatter-won"\s+d="M250 0h0"/);
    expect(text).toMatch(/scatter-marks scatter-lost"\s+d="M500 500m-4 0h8"/);
    expect(text).toContain('d="M250 0V500"');
    expect(text).not.toContain('scatter-median scatter-lost');
  });

  it('draws points of one place once, and those beyond the axes on the edge', () => {
    const text = drawn([
      { x: 0.02, y: 0, won: true },
      { x: 0.02, y: 0, won: true },
      { x: 5, y: 9, won: true },
    ]);
    expect(text).toMatch(/scatter-won"\s+d="M100 250h0M500 0h0"/);
  });
});
