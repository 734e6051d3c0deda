import { describe, expect, it } from 'vitest';
import { boolean, choice, int, number, ParamError, parseParam, resolveParams } from '../../src/index.ts';

const DECLARED = {
  fast: int(12, { min: 2, max: 200 }),
  risk: number(0.5, { min: 0, max: 1 }),
  short: boolean(true),
  side: choice('both', 'long'),
};

describe('parameters', () => {
  it('take their defaults, overridden by what is given', () => {
    expect(resolveParams(DECLARED, {})).toEqual({ fast: 12, risk: 0.5, short: true, side: 'both' });
    expect(resolveParams(DECLARED, { fast: 2, risk: 1, short: false, side: 'long' })).toEqual({
      fast: 2,
      risk: 1,
      short: false,
      side: 'long',
    });
  });
  it.each<[Record<string, unknown>, string]>([
    [{ fast: 1 }, 'parameter fast is 1; it must be a whole number from 2 to 200'],
    [{ fast: 2.5 }, 'parameter fast is 2.5; it must be a whole number from 2 to 200'],
    [{ fast: '12' }, 'parameter fast is "12"; it must be a whole number from 2 to 200'],
    [{ risk: 1.1 }, 'parameter risk is 1.1; it must be a number from 0 to 1'],
    [{ risk: NaN }, 'parameter risk is NaN; it must be a number from 0 to 1'],
    [{ risk: Infinity }, 'parameter risk is Infinity; it must be a number from 0 to 1'],
    [{ short: 'yes' }, 'parameter short is "yes"; it must be true or false'],
    [{ side: 'short' }, 'parameter side is "short"; it must be one of both, long'],
    [{ side: undefined }, 'parameter side is undefined; it must be one of both, long'],
    [{ slow: 3 }, 'no parameter "slow"; there is fast, risk, short, side'],
    [{ toString: 3 }, 'no parameter "toString"; there is fast, risk, short, side'],
  ])('refuses %j', (given, text) => {
    expect(() => resolveParams(DECLARED, given)).toThrow(ParamError);
    expect(() => resolveParams(DECLARED, given)).toThrow(text);
  });
  it('says so when there are none', () => expect(() => resolveParams({}, { a: 1 })).toThrow('no parameter "a"; there are none'));
  it.each<[keyof typeof DECLARED, string, unknown]>([
    ['fast', '20', 20],
    ['fast', 'x', 'x'],
    ['fast', ' ', ' '],
    ['risk', '0.25', 0.25],
    ['short', 'false', false],
    ['short', '1', '1'],
    ['side', 'long', 'long'],
  ])('a flag for %s of "%s" is %j', (name, text, value) => expect(parseParam(DECLARED[name], text)).toBe(value));
});
