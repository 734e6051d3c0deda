import { describe, expect, it } from 'vitest';
import { decay } from '../../src/math/decay.ts';
import { confluence, rewardQuality, volumeQuality } from '../../src/signal/quality.ts';
import { marketStructure, momentum, pricePosition, trendAlignment, volatility } from '../../src/signal/score.ts';

describe('SIG-2: the parts', () => {
  it.each([
    [1, 1, 1, 1, 1],
    [1, -1, -1, -1, 0],
    [1, 0, 0, 0, 0.5],
    [1, -1, 1, 1, 5 / 6],
    [1, 1, 1, -1, 0.5],
    [-1, 1, -1, -1, 5 / 6],
    [-1, 0, 0, -1, 0.75],
  ] as const)('trend, direction %i with biases %i, %i, %i', (direction, base, middle, higher, value) => {
    expect(trendAlignment(direction, base, middle, higher)).toBe(value);
  });

  it('structure: both pairs of swings and the last break', () => {
    expect(marketStructure(1, 5, 3, 1)).toBe(1);
    expect(marketStructure(-1, 5, 3, 1)).toBe(0.5);
    expect(marketStructure(1, 5, -3, 0.5)).toBe(0.5);
    expect(marketStructure(1, 0, NaN, 0)).toBe(0.25);
  });

  it('position: 1 at the cheap end, 0 at the dear one, ½ where there is no range', () => {
    expect([90, 95, 110, 80, 120].map((price) => pricePosition(1, price, 90, 110))).toEqual([1, 0.75, 0, 1, 0]);
    expect([90, 95, 110, 80, 120].map((price) => pricePosition(-1, price, 90, 110))).toEqual([0, 0.25, 1, 0, 1]);
    expect([pricePosition(1, 100, 100, 100), pricePosition(1, 100, 110, 90), pricePosition(1, 100, NaN, 110)]).toEqual([0.5, 0.5, 0.5]);
  });

  it('momentum: from 3 ATRs against the direction to 3 along it', () => {
    expect([-20, -12, -6, 0, 6, 12, 20].map((move) => momentum(1, move, 4))).toEqual([0, 0, 0.25, 0.5, 0.75, 1, 1]);
    expect(momentum(-1, -6, 4)).toBe(0.75);
  });

  it('volatility: a trapezoid over 0.5, 0.8, 1.5 and 3', () => {
    expect([0, 0.5, 0.8, 1, 1.5, 2.25, 3, 9].map(volatility)).toEqual([0, 0, 1, 1, 1, 0.5, 0, 0]);
    expect(volatility(0.65)).toBeCloseTo(0.5, 15);
  });

  it('freshness: halves with every half-life', () => {
    expect([0, 50, 100, 150].map((age) => decay(age, 50))).toEqual([1, 0.5, 0.25, 0.125]);
    expect(decay(25, 50)).toBeCloseTo(Math.SQRT1_2, 15);
    expect(decay(Infinity, 50)).toBe(0);
    for (let age = 1; age < 500; age++) expect(decay(age, 50)).toBeLessThan(decay(age - 1, 50));
  });
});

describe('SIG-3: the dimensions', () => {
  it('confluence: thirds', () => expect([0, 1, 2, 3, 7].map(confluence)).toEqual([0, 1 / 3, 2 / 3, 1, 1]));
  it('reward: from the risk itself to four times as much', () => {
    expect([1, 1.5, 2, 4, 5].map((reward) => rewardQuality(10 * reward, 10))).toEqual([0, 0.5 / 3, 1 / 3, 1, 1]);
  });
  it('volume: ½ for the mean of the 20 candles before, 0 for none, 1 where there was none before', () => {
    // The 100 lies 21 candles back.
    const volumes = Float64Array.of(100, ...Array.from({ length: 20 }, () => 4), 4);
    expect(volumeQuality(volumes, 21)).toBe(0.5);
    expect(volumeQuality(Float64Array.of(4, 4, 12), 2)).toBe(0.75);
    expect(volumeQuality(Float64Array.of(4, 4, 0), 2)).toBe(0);
    expect(volumeQuality(Float64Array.of(0, 0, 0), 2)).toBe(0);
    expect(volumeQuality(Float64Array.of(0, 0, 3), 2)).toBe(1);
    expect(volumeQuality(Float64Array.of(3), 0)).toBe(1);
  });
});
