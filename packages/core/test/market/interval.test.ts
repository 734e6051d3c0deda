import { describe, expect, it } from 'vitest';
import { INTERVAL_MS, INTERVALS, isInterval } from '../../src/index.ts';

describe('intervals', () => {
  it('have the length that their name says', () => {
    const unit = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
    for (const name of INTERVALS) expect(INTERVAL_MS[name]).toBe(Number(name.slice(0, -1)) * unit[name.slice(-1) as 'm']);
  });
  it('are recognised by name', () => {
    expect(INTERVALS.every(isInterval)).toBe(true);
    expect(['', '7m', '1M', '1H', 'toString'].filter(isInterval)).toEqual([]);
  });
});
