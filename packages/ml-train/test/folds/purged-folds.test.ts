import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { purged, type Spans } from '../../src/folds/purge.ts';
import { purgedFolds } from '../../src/folds/purged-folds.ts';

/** Samples sorted by start, as spans of whole numbers. */
const spansArbitrary = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 15 })), { minLength: 10, maxLength: 60 })
  .map((pairs): Spans => {
    const sorted = pairs.toSorted(([a], [b]) => a - b);
    return { start: sorted.map(([from]) => from), end: sorted.map(([from, more]) => from + more) };
  });
const setup = fc.record({ spans: spansArbitrary, folds: fc.integer({ min: 2, max: 6 }), embargo: fc.integer({ min: 0, max: 20 }) });

const range = (spans: Spans, rows: Int32Array): readonly [number, number] => [
  Math.min(...Array.from(rows, (k) => spans.start[k])),
  Math.max(...Array.from(rows, (k) => spans.end[k])),
];
function mayTeach(spans: Spans, taught: Int32Array, judged: Int32Array, embargo: number): boolean {
  const [from, to] = range(spans, judged);
  return taught.every((k) => spans.end[k] < from || spans.start[k] > to + embargo);
}

describe('purging', () => {
  it('by hand: a test from 10 to 20 with an embargo of 5', () => {
    const start = [0, 8, 10, 15, 20, 21, 25, 26];
    const end = [9, 10, 12, 20, 22, 23, 26, 30];
    expect([...purged({ start, end }, [0, 1, 4, 5, 6, 7], [2, 3], 5)]).toEqual([0, 7]);
    expect([...purged({ start, end }, [0, 1, 4, 5, 6, 7], [2, 3], 0)]).toEqual([0, 5, 6, 7]);
  });
});

describe('purged folds', () => {
  it('test every sample once, in blocks of time', () => {
    fc.assert(
      fc.property(setup, ({ spans, folds, embargo }) => {
        const made = purgedFolds(spans, spans.start.length, folds, embargo, 0.2);
        expect(made.flatMap(({ test }) => [...test])).toEqual(Array.from({ length: spans.start.length }, (_, k) => k));
      }),
    );
  });
  it('teach nothing whose span touches what is judged, nor what follows within the embargo', () => {
    fc.assert(
      fc.property(setup, ({ spans, folds, embargo }) => {
        for (const { test, train, validation, fit } of purgedFolds(spans, spans.start.length, folds, embargo, 0.25)) {
          expect(mayTeach(spans, train, test, embargo)).toBe(true);
          expect(mayTeach(spans, fit, test, embargo)).toBe(true);
          expect(mayTeach(spans, validation, test, embargo)).toBe(true);
          if (validation.length > 0) expect(mayTeach(spans, fit, validation, embargo)).toBe(true);
        }
      }),
    );
  });
  it('purge no more than that', () => {
    fc.assert(
      fc.property(setup, ({ spans, folds, embargo }) => {
        const all = Array.from({ length: spans.start.length }, (_, k) => k);
        for (const { test, train } of purgedFolds(spans, all.length, folds, embargo, 0.25)) {
          const left = all.filter((k) => !test.includes(k) && !train.includes(k));
          for (const k of left) expect(mayTeach(spans, Int32Array.of(k), test, embargo)).toBe(false);
        }
      }),
    );
  });
  it('take the latest part of the training for validation', () => {
    const start = Array.from({ length: 20 }, (_, k) => k * 10);
    const [first] = purgedFolds({ start, end: start.map((at) => at + 1) }, 20, 4, 0, 0.2);
    expect([...first.test]).toEqual([0, 1, 2, 3, 4]);
    expect([...first.validation]).toEqual([17, 18, 19]);
    expect([...first.fit]).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
  });
});
