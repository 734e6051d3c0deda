import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageUniqueness } from '../../src/samples/uniqueness.ts';

/** The definition word for word: O(spans² · rows). */
function naive(spans: readonly (readonly [number, number])[]): readonly number[] {
  return spans.map(([from, to]) => {
    let sum = 0;
    for (let row = from; row <= to; row++) sum += 1 / spans.filter(([first, last]) => first <= row && row <= last).length;
    return sum / (to - from + 1);
  });
}
const of = (spans: readonly (readonly [number, number])[]): readonly number[] => [
  ...averageUniqueness(
    spans.map(([first]) => first),
    spans.map(([, last]) => last),
  ),
];

describe('average uniqueness', () => {
  it('is 1 alone, and shared where spans overlap', () => {
    // Rows 3 to 5 alone; rows 0 to 2 and 2 to 2 share row 2: (1 + 1 + 1/2) / 3 and 1/2.
    expect(of([[3, 5]])).toEqual([1]);
    expect(
      of([
        [0, 2],
        [2, 2],
        [7, 9],
      ]),
    ).toEqual([2.5 / 3, 0.5, 1]);
  });
  it('of the same span n times is 1 / n', () => {
    expect(
      of([
        [4, 6],
        [4, 6],
        [4, 6],
        [4, 6],
      ]),
    ).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(of([])).toEqual([]);
  });
  it('is what the definition gives', () => {
    const span = fc
      .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 12 }))
      .map(([from, more]) => [from, from + more] as const);
    fc.assert(
      fc.property(fc.array(span, { maxLength: 20 }), (spans) => {
        const expected = naive(spans);
        of(spans).forEach((value, k) => expect(value).toBeCloseTo(expected[k], 12));
      }),
    );
  });
});
