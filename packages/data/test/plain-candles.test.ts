import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rows } from '../src/dataset/rows.ts';
import { spanOf } from '../src/dataset/grid.ts';
import { parseKlines } from '../src/import/parse-klines.ts';
import { candle, FIVE_MINUTES, NEW_YEAR } from './support.ts';

const parse = (text: string): Rows => parseKlines('f.csv', new TextEncoder().encode(text), spanOf('5m')).rows;
const cells = (rows: Rows): number[][] => rows.columns.map((column) => [...column.subarray(0, rows.length)]);

describe('candles by the quick way and by the careful one', () => {
  // A line that ends in CR LF is never plain, so the same lines with it go the careful way.
  it('are the same numbers, those of Number(text)', () => {
    const decimal = fc.tuple(fc.nat({ max: 10 ** 9 }), fc.stringMatching(/^\d{0,12}$/)).map(([whole, fraction]) => `${whole}.${fraction}`);
    const text = fc.oneof(
      decimal,
      fc.stringMatching(/^\d{1,25}$/),
      fc.stringMatching(/^\d{1,3}\.\d{1,25}$/),
      fc.stringMatching(/^\d{1,3}e[0-3]$/),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 2, maxLength: 20 }), (volumes) => {
        const lines = volumes.map(([v, rest], k) => candle(NEW_YEAR + k * FIVE_MINUTES, { v, rest: `${rest},3,${v},${rest}` }));
        const quick = cells(parse(`${lines.join('\n')}\n`));
        expect(quick).toEqual(cells(parse(lines.join('\r\n'))));
        expect(quick[4]).toEqual(volumes.map(([v]) => Number(v)));
        expect(quick[8]).toEqual(volumes.map(([, rest]) => Number(rest)));
      }),
    );
  });

  it('take up after a gap, a repeated line and a last line without an end', () => {
    const times = [0, 1, 2, 2, 5, 6, 7].map((k) => NEW_YEAR + k * FIVE_MINUTES);
    const file = parseKlines('f.csv', new TextEncoder().encode(times.map((time) => candle(time)).join('\n')), spanOf('5m'));
    expect([...file.rows.time.subarray(0, file.rows.length)]).toEqual([0, 1, 2, 5, 6, 7].map((k) => NEW_YEAR + k * FIVE_MINUTES));
    expect(file.dropped).toEqual([3]);
  });

  it.each([
    ['a price that is none', { c: '1oo' }, /^f\.csv:40: close is "1oo", which is no number/],
    ['a price of zero', { l: '0.000' }, /^f\.csv:40: low is 0, but a price is above zero/],
    ['high below low', { h: '99' }, /^f\.csv:40: high 99 lies below low 99\.5/],
    ['a column too many', { v: '1,2' }, /^f\.csv:40: close_time is 2, which is no time/],
    ['an empty cell', { v: '' }, /^f\.csv:40: volume is "", which is no number/],
  ] as const)('names the line that is wrong far into a file: %s', (_, fields, message) => {
    const lines = Array.from({ length: 60 }, (_, k) => candle(NEW_YEAR + k * FIVE_MINUTES, k === 39 ? fields : {}));
    expect(() => parse(`${lines.join('\n')}\n`)).toThrow(message);
  });

  it('does not read past the end of a file that is cut off within a line', () => {
    const whole = `${candle(NEW_YEAR)}\n${candle(NEW_YEAR + FIVE_MINUTES)}\n${candle(NEW_YEAR + 2 * FIVE_MINUTES)}`;
    expect(() => parse(whole.slice(0, -7))).toThrow(/^f\.csv:3: has 11 columns, not the 12/);
  });
});
