import { describe, expect, it } from 'vitest';
import { dailyEquity, stepReturns } from '../../src/metrics/daily-returns.ts';
import { endOfDay } from './run-fixture.ts';

describe('dailyEquity', () => {
  it('carries equity over days without a candle', () => {
    expect(dailyEquity([endOfDay(0), endOfDay(3)], [110, 120], 100)).toEqual({ days: 4, equity: [100, 110, 110, 110, 120] });
  });

  it('keeps the last value of a day', () => {
    expect(dailyEquity([endOfDay(0) - 10, endOfDay(0), endOfDay(1)], [105, 110, 120], 100)).toEqual({ days: 2, equity: [100, 110, 120] });
  });

  it('refuses times that run backwards', () => {
    expect(() => dailyEquity([endOfDay(1), endOfDay(0)], [1, 2], 1)).toThrow('ascend');
  });

  it('refuses a series with a value missing', () => {
    expect(() => dailyEquity([endOfDay(0), endOfDay(1)], [1], 1)).toThrow('2 times and 1 values');
  });
});

describe('stepReturns', () => {
  it('divides each value by the one before', () => {
    expect(stepReturns([100, 150, 75])).toEqual([0.5, -0.5]);
  });

  it('is undefined after equity of zero', () => {
    expect(stepReturns([100, 0, 50])).toBeNull();
  });
});
