import { type DrawnStructure, STRUCTURE_KINDS, STRUCTURE_STATES } from '@orrery/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeObjects, touching } from '../../src/structure/encode-structures.ts';
import { pageFunction } from '../page-script.ts';

interface Decoded {
  readonly kind: string;
  readonly direction: number;
  readonly origin: number;
  readonly known: number;
  readonly top: number;
  readonly bottom: number;
  readonly quality: number;
  readonly states: readonly { readonly state: string; readonly row: number }[];
  readonly end: number | null;
  readonly mitigated: number | null;
}
const FILES = ['structure-data.js'];
const WORDS = { kinds: STRUCTURE_KINDS, states: STRUCTURE_STATES };
const decode = pageFunction(FILES, 'decodeStructures') as (
  layer: { objects: readonly number[] },
  digits: number,
  words: typeof WORDS,
) => readonly Decoded[];
const ranges = pageFunction(FILES, 'swingRanges');

/** A bullish order block of the candle in row 102, known at row 105, touched at 110, mitigated at 111 and broken at 130. */
const block: DrawnStructure = {
  object: 0,
  kind: 'order_block',
  direction: 1,
  origin: 102,
  top: 50.25,
  bottom: 49.5,
  quality: 0.625,
  knownAt: 105,
  states: [
    { state: 'created', row: 105 },
    { state: 'touched', row: 110 },
    { state: 'mitigated', row: 111 },
    { state: 'broken', row: 130 },
  ],
  endRow: 130,
};
/** The break upwards that it was found behind: of the high in row 98, by the close of row 105. */
const change: DrawnStructure = {
  object: 1,
  kind: 'change_of_character',
  direction: 1,
  origin: 98,
  top: 51,
  bottom: 51,
  quality: 0,
  knownAt: 105,
  states: [{ state: 'created', row: 105 }],
  endRow: 105,
};
/** The low of a session, live; its quality is the session's number. */
const low: DrawnStructure = {
  ...change,
  object: 2,
  kind: 'session',
  direction: -1,
  origin: 120,
  top: 48.75,
  bottom: 48.75,
  quality: 3,
  knownAt: 140,
  states: [{ state: 'created', row: 140 }],
  endRow: null,
};

describe('structures as numbers', () => {
  it('is each object as differences, by hand', () => {
    expect(encodeObjects([block, change, low], { first: 100, digits: 2 })).toEqual(
      [
        // order_block is the fourth kind; row 102 is the chart's third; 5025 hundredths, 75 high; quality 63 %; three later states
        [4, 2, 3, 5025, 75, 63, 3, 1, 5, 2, 1, 4, 19],
        // change_of_character is the third kind, and begins before the chart's first candle
        [3, -4, 7, 75, 0, 0, 0],
        // session is the eleventh kind; bearish
        [-11, 22, 20, -225, 0, 3, 0],
      ].flat(),
    );
  });

  it('reads back in the page, with the end of each life', () => {
    const objects = encodeObjects([block, change, low], { first: 100, digits: 2 });
    expect(decode({ objects }, 2, WORDS)).toEqual([
      {
        kind: 'order_block',
        direction: 1,
        origin: 2,
        known: 5,
        top: 50.25,
        bottom: 49.5,
        quality: 63,
        states: [
          { state: 'touched', row: 10 },
          { state: 'mitigated', row: 11 },
          { state: 'broken', row: 30 },
        ],
        end: 30,
        mitigated: 11,
      },
      {
        kind: 'change_of_character',
        direction: 1,
        origin: -2,
        known: 5,
        top: 51,
        bottom: 51,
        quality: 0,
        states: [],
        end: 5,
        mitigated: null,
      },
      {
        kind: 'session',
        direction: -1,
        origin: 20,
        known: 40,
        top: 48.75,
        bottom: 48.75,
        quality: 3,
        states: [],
        end: null,
        mitigated: null,
      },
    ]);
  });

  it('keeps what touches the chart: all that was not over before its first candle', () => {
    expect(touching([block, change, low], 105)).toEqual([block, change, low]);
    expect(touching([block, change, low], 106)).toEqual([block, low]);
    expect(touching([block, change, low], 131)).toEqual([low]);
  });

  it('reads back any objects to the same rows and prices', () => {
    const row = fc.integer({ min: 0, max: 5000 });
    const structure = fc.record({
      kind: fc.constantFrom(...STRUCTURE_KINDS),
      direction: fc.constantFrom(1, -1),
      rows: fc.array(row, { minLength: 2, maxLength: 5 }).map((rows) => rows.sort((a, b) => a - b)),
      units: fc.tuple(fc.integer({ min: 1, max: 1e9 }), fc.nat(1e6)),
      state: fc.constantFrom(...STRUCTURE_STATES.slice(1)),
    });
    fc.assert(
      fc.property(fc.array(structure, { maxLength: 12 }), fc.nat(5000), fc.nat(6), (list, first, digits) => {
        const made = list.map(({ kind, direction, rows, units: [bottom, height], state }, object): DrawnStructure => {
          const [origin, knownAt, ...later] = rows;
          const states = [{ state: 'created' as const, row: knownAt }, ...later.map((at) => ({ state, row: at }))];
          const price = (units: number): number => units / 10 ** digits;
          return {
            object,
            kind,
            direction,
            origin,
            knownAt,
            top: price(bottom + height),
            bottom: price(bottom),
            quality: 0,
            states,
            endRow: null,
          };
        });
        const back = decode({ objects: encodeObjects(made, { first, digits }) }, digits, WORDS);
        expect(back.map(({ end: _end, mitigated: _mitigated, ...one }) => one)).toEqual(
          made.map(({ kind, direction, origin, knownAt, top, bottom, quality, states }) => ({
            kind,
            direction,
            origin: origin - first,
            known: knownAt - first,
            top,
            bottom,
            quality,
            states: states.slice(1).map(({ state, row: at }) => ({ state, row: at - first })),
          })),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('lives and ranges in the page', () => {
  const life = pageFunction(FILES, 'lifeOf');

  it('ends a break where it was known, and lets a swing live on that was swept', () => {
    expect(life(7, [], 'break_of_structure')).toEqual({ end: 7, mitigated: null });
    expect(life(7, [{ state: 'swept', row: 9 }], 'swing')).toEqual({ end: null, mitigated: null });
    expect(life(7, [{ state: 'swept', row: 9 }], 'liquidity')).toEqual({ end: 9, mitigated: null });
  });

  it('takes the last swing high and low as the range, from where both were known', () => {
    const swing = (direction: number, known: number, top: number): Partial<Decoded> => ({ kind: 'swing', direction, known, top });
    const objects = [swing(1, 4, 110), swing(-1, 6, 100), swing(1, 9, 120), swing(-1, 12, 125), swing(-1, 15, 105)];
    // from row 12 on the low is not below the high, as after a break: no premium, no discount
    expect(ranges(objects)).toEqual([
      { from: 6, to: 9, high: 110, low: 100 },
      { from: 9, to: 12, high: 120, low: 100 },
      { from: 15, to: null, high: 120, low: 105 },
    ]);
  });
});
