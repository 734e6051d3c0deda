import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationFault, probability, sigmoid, type Calibration } from '../src/index.ts';

describe('probability', () => {
  it.each<[number, Calibration, number]>([
    [0, { kind: 'none' }, 0.5],
    // 1 / (1 + e^-2) = 0.880797077977882… (Abramowitz & Stegun, table 4.4 for e^-2 = 0.135335283236613)
    [2, { kind: 'none' }, 0.8807970779778823],
    [-2, { kind: 'none' }, 0.11920292202211755],
    [3, { kind: 'platt', a: 2, b: -4 }, 0.8807970779778823],
    [-1, { kind: 'platt', a: 2, b: 0 }, 0.11920292202211755],
    // Half way between (0, 0.2) and (2, 0.6); level beyond the ends.
    [1, { kind: 'isotonic', x: [0, 2, 3], y: [0.2, 0.6, 0.6] }, 0.4],
    [-9, { kind: 'isotonic', x: [0, 2, 3], y: [0.2, 0.6, 0.6] }, 0.2],
    [9, { kind: 'isotonic', x: [0, 2, 3], y: [0.2, 0.6, 0.6] }, 0.6],
    [2, { kind: 'isotonic', x: [2], y: [0.3] }, 0.3],
    [1, { kind: 'isotonic', x: [0, 1], y: [-0.5, 1.5] }, 1],
    [0, { kind: 'isotonic', x: [0, 1], y: [-0.5, 1.5] }, 0],
    [1000, { kind: 'none' }, 1],
    [-1000, { kind: 'none' }, 0],
  ])('of a margin of %d under %o is %d', (margin, calibration, expected) => {
    expect(probability(margin, calibration)).toBeCloseTo(expected, 15);
  });
  it('lies in [0, 1], never falls as the margin rises, and is the other side of its mirror image', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(sigmoid(low)).toBeLessThanOrEqual(sigmoid(high));
        expect(sigmoid(a)).toBeGreaterThanOrEqual(0);
        expect(sigmoid(a)).toBeLessThanOrEqual(1);
        expect(sigmoid(a) + sigmoid(-a)).toBeCloseTo(1, 15);
      }),
    );
  });
  it('is missing where the margin is', () => {
    expect(probability(NaN, { kind: 'none' })).toBeNaN();
    expect(probability(NaN, { kind: 'isotonic', x: [0, 1], y: [0, 1] })).toBeNaN();
  });
});

describe('an isotonic calibration', () => {
  it.each<[string, readonly number[], readonly number[], string | null]>([
    ['that rises', [0, 1], [0.1, 0.9], null],
    ['without points', [], [], 'has 0 x for 0 y'],
    ['of unequal columns', [0, 1], [0.1], 'has 2 x for 1 y'],
    ['with a margin twice', [0, 0], [0.1, 0.9], 'x does not ascend at 1'],
    ['that falls', [0, 1], [0.9, 0.1], 'y falls at 1'],
  ])('%s', (_, x, y, fault) => {
    expect(calibrationFault({ kind: 'isotonic', x, y })).toBe(fault);
  });
});
