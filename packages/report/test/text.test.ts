import { describe, expect, it } from 'vitest';
import {
  formatDuration,
  formatExact,
  formatGain,
  formatMetric,
  formatNumber,
  formatPercent,
  formatTime,
  formatUsdt,
} from '../src/format/text.ts';

describe('numbers for people', () => {
  it.each([
    [123_456_789_000, '1,234.57'],
    [-123_456_789_000, '−1,234.57'],
    [499_999, '0.00'],
    [-499_999, '0.00'],
    [500_000, '0.01'],
    [-500_000, '−0.01'],
    [9_007_199_254_740_991, '90,071,992.55'],
  ])('writes %d sats to the cent as %s', (sats, text) => {
    expect(formatUsdt(sats)).toBe(text);
  });

  it.each([
    [123_456_789_012, '1,234.56789012'],
    [-1, '−0.00000001'],
    [0, '0.00000000'],
    [9_007_199_254_740_991, '90,071,992.54740991'],
  ])('writes %d sats to the last unit as %s', (sats, text) => {
    expect(formatExact(sats)).toBe(text);
  });

  it('puts a plus before gains alone', () => {
    expect([formatGain(100_000_000), formatGain(0), formatGain(-100_000_000)]).toEqual(['+1.00', '0.00', '−1.00']);
  });

  it('writes fractions as percent and undefined as a dash', () => {
    expect([formatPercent(0.12345), formatPercent(-0.5), formatPercent(150), formatPercent(null)]).toEqual([
      '12.35 %',
      '−50.00 %',
      '15,000 %',
      '–',
    ]);
  });

  it('has no negative zero', () => {
    expect(formatNumber(-0.001, 2)).toBe('0.00');
  });

  it('writes times in UTC and lengths in their two largest units', () => {
    expect(formatTime(Date.UTC(2025, 0, 31, 23, 59, 59, 999))).toBe('2025-01-31 23:59');
    expect([90_000, 3_600_000, 5_400_000, 86_400_000, 97_200_000].map(formatDuration)).toEqual([
      '2 min',
      '1 h',
      '1 h 30 min',
      '1 d',
      '1 d 3 h',
    ]);
  });

  it('writes each metric in its unit', () => {
    expect(formatMetric(0.5, 'fraction')).toBe('50.00 %');
    expect(formatMetric(1.23456, 'ratio')).toBe('1.235');
    expect(formatMetric(1234.5, 'usdt')).toBe('1,234.50');
    expect(formatMetric(2.5, 'days')).toBe('2.50 d');
    expect(formatMetric(1.5, 'hours')).toBe('1 h 30 min');
    expect(formatMetric(1200, 'count')).toBe('1,200');
    expect(formatMetric(0.333, 'perDay')).toBe('0.33');
    expect(formatMetric(null, 'count')).toBe('–');
  });
});
