import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDecimal, parseSats, sumSats, toUsdt } from '../../src/index.ts';

describe('parseSats', () => {
  it.each([
    ['0', 0],
    ['1', 100_000_000],
    ['-12.5', -1_250_000_000],
    ['0.00000001', 1],
    ['0.10000000', 10_000_000],
    ['90071992.54740991', Number.MAX_SAFE_INTEGER],
  ])('reads %s as %d sats', (text, sats) => {
    expect(parseSats(text)).toBe(sats);
  });

  it('reads back every amount that can be written', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (sats) => {
        expect(parseSats(formatDecimal(sats, 8))).toBe(sats);
      }),
    );
  });

  it.each(['0.000000001', '90071993', '1e3', '', ' 1', '1,5'])('refuses %j', (text) => {
    expect(() => parseSats(text)).toThrow(RangeError);
  });
});

describe('sumSats', () => {
  it('adds exactly where doubles of USDT would not', () => {
    expect(sumSats([parseSats('0.1'), parseSats('0.2')])).toBe(parseSats('0.3'));
    expect(toUsdt(sumSats([parseSats('0.1'), parseSats('0.2')]))).toBe(0.3);
    expect(sumSats([])).toBe(0);
  });

  it('refuses a sum that would be rounded', () => {
    expect(() => sumSats([Number.MAX_SAFE_INTEGER, 1])).toThrow('too large');
  });
});
