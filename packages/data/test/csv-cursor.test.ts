import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvCursor } from '../src/import/csv-cursor.ts';

function read(text: string): number {
  const out = new Float64Array(1);
  new CsvCursor('x.csv', Buffer.from(text)).number({ name: 'close', signed: true }, out, 0);
  return out[0];
}
const digits = (most: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'), minLength: 1, maxLength: most });

describe('decimal text to double', () => {
  it('gives exactly what Number gives, for any plain decimal', () => {
    fc.assert(
      fc.property(fc.boolean(), digits(20), fc.option(digits(25)), (negative, whole, fraction) => {
        const text = `${negative ? '-' : ''}${whole}${fraction === null ? '' : `.${fraction}`}`;
        expect(Object.is(read(`${text},`), Number(text))).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
  it('gives the double back that was printed in its shortest form', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(read(`${value}\n`)).toBe(Number(`${value}`));
      }),
      { numRuns: 5_000 },
    );
  });
  it('reads the last number of a file without a line end, and exponents', () => {
    expect(read('0.00010000')).toBe(0.0001);
    expect(read('1e-05,')).toBe(0.00001);
    expect(read('9007199254740993,')).toBe(9007199254740992);
  });
  it.each(['', ',', '1.2.3,', '12a,', '--1,', '-,', '.,', ' 1,', '1 ,', 'NaN,', 'Infinity,', '0x10,', '\u0000\u0000,'])(
    'refuses %j',
    (text) => {
      expect(() => read(text)).toThrow(/^x\.csv:1: close is ".*", which is no number; /);
    },
  );
});
