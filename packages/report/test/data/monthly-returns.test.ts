import { describe, expect, it } from 'vitest';
import { monthlyReturns } from '../../src/data/monthly-returns.ts';

const day = (year: number, month: number, date: number): number => Date.UTC(year, month - 1, date, 23, 59, 59, 999);

describe('monthlyReturns', () => {
  it('chains months and years from the last day end before them', () => {
    // Nov +10 %, Dec −10 % of 110, Jan: 99 to 99 · 1.5
    const years = monthlyReturns(
      [day(2024, 11, 20), day(2024, 11, 30), day(2024, 12, 31), day(2025, 1, 1), day(2025, 1, 5)],
      [105, 110, 99, 120, 148.5],
      100,
    );
    expect(years.map((year) => year.year)).toEqual([2024, 2025]);
    expect(years[0].months.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => null));
    expect(years[0].months[10]).toBeCloseTo(0.1, 12);
    expect(years[0].months[11]).toBeCloseTo(-0.1, 12);
    expect(years[0].total).toBeCloseTo(-0.01, 12);
    expect(years[1].months[0]).toBeCloseTo(0.5, 12);
    expect(years[1].total).toBeCloseTo(0.5, 12);
  });

  it('gives a month its days across a gap of months', () => {
    const years = monthlyReturns([day(2025, 1, 31), day(2025, 4, 2)], [110, 121], 100);
    expect(years[0].months.slice(1, 3)).toEqual([null, null]);
    expect(years[0].months[3]).toBeCloseTo(0.1, 12);
  });

  it('is undefined from nothing', () => {
    expect(monthlyReturns([day(2025, 1, 1), day(2025, 2, 1)], [0, 5], 100)[0].months.slice(0, 2)).toEqual([-1, null]);
    expect(monthlyReturns([], [], 100)).toEqual([]);
  });
});
