import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createRandom,
  describeModelFaults,
  describeOddities,
  markets,
  minimise,
  modelFaults,
  oddFacts,
  sample,
  type Arbitrary,
  type Market,
} from '../../src/index.ts';
import { shorter } from '../../src/test-kit/arbitrary.ts';
import { candleShape } from '../../src/test-kit/candle-shape.ts';
import { rowCount } from '../../src/test-kit/market.ts';
import { INTERVAL, standing } from './hand-made.ts';

const seeds = fc.integer();
const ofRow = ({ symbols }: Market): readonly (readonly number[])[] =>
  symbols.flatMap(({ rows }) => rows.map(({ open, high, low, close, volume }) => [open, high, low, close, volume]));

describe('an arbitrary', () => {
  it.each<[string, (seed: number) => unknown, (seed: number) => unknown]>([
    ['of markets', (seed) => sample(markets(), seed), (seed) => markets().generate(createRandom(seed))],
    ['of odd facts', (seed) => sample(oddFacts(), seed), (seed) => oddFacts().generate(createRandom(seed))],
    ['of model faults', (seed) => sample(modelFaults(), seed), (seed) => modelFaults().generate(createRandom(seed))],
  ])('%s draws the same for the same seed, and another for another', (_, draw, generate) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(draw(seed)).toEqual(draw(seed));
        expect(draw(seed)).not.toEqual(draw(seed + 1));
        expect(generate(seed)).toEqual(draw(seed));
      }),
      { numRuns: 20 },
    );
  });
  it('of lists shrinks to none, then halves, then without single items', () => {
    expect([...shorter([1, 2, 3])]).toEqual([[], [1], [2, 3], [1, 2], [1, 3], [2, 3]]);
    expect([...shorter([])]).toEqual([]);
  });
  it('is minimised to what fails', () => {
    const arbitrary: Arbitrary<readonly number[]> = { generate: () => [], shrink: shorter };
    const list = Array.from({ length: 50 }, (_, k) => k);
    expect(minimise(arbitrary, list, (some) => some.includes(7) && some.includes(31))).toEqual([7, 31]);
  });
  it('is minimised in no more tries than are given', () => {
    let tries = 0;
    const fails = (): boolean => {
      tries += 1;
      return false;
    };
    expect(minimise(markets(), sample(markets(), 1), fails, 12)).toEqual(sample(markets(), 1));
    expect(tries).toBe(12);
  });
});

describe('markets', () => {
  it('shrink to markets that a venue could send, each unlike the one that it comes from', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const market = sample(markets({ frames: 12 }), seed);
        for (const smaller of markets().shrink(market)) {
          expect(smaller).not.toEqual(market);
          for (const { rows } of smaller.symbols) {
            for (const [k, { ts, open, high, low, close, volume }] of rows.entries()) {
              expect([open, high, low, close, volume].every(Number.isSafeInteger)).toBe(true);
              expect(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close)).toBe(true);
              expect((ts + 1) % INTERVAL === 0 && (k === 0 || ts > rows[k - 1].ts)).toBe(true);
            }
          }
        }
      }),
      { numRuns: 20 },
    );
  });
  it('come down to one candle that stands still at a round price when anything will do', () => {
    const least = minimise(markets(), sample(markets(), 3), (market) => rowCount(market) > 0);
    expect(ofRow(least)).toHaveLength(1);
    const [[open, high, low, close]] = ofRow(least);
    expect([high, low, close]).toEqual([open, open, open]);
    expect(String(open)).toMatch(/^[1-9]0*$/);
  });
  it('keep what a fault needs: a crash stays a crash, and a candle without trades stays one', () => {
    const isCrash = (market: Market): boolean => ofRow(market).some(([open, , , close]) => close < 0.8 * open);
    const isIdle = (market: Market): boolean => ofRow(market).some(([, , , , volume]) => volume === 0);
    const least = (fails: (market: Market) => boolean, shape: 'crash' | 'idle'): readonly (readonly number[])[] =>
      ofRow(minimise(markets(), sample(markets({ shapes: [shape] }), 1), fails));
    expect(least(isCrash, 'crash')).toHaveLength(1);
    expect(least(isIdle, 'idle').map((row) => row[4])).toEqual([0]);
  });
  it('are made of the shapes that are asked for', () => {
    const rows = ofRow(sample(markets({ shapes: ['flat'], symbols: 1 }), 5));
    expect(rows).toHaveLength(160);
    expect(rows.every(([open, high, low, close]) => high === low && open === close)).toBe(true);
    expect(() => markets({ shapes: [] })).toThrow('markets: shapes is empty; leave it out for all of them');
  });
  it('have at most the symbols and the candles that are asked for', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 4 }), (seed, symbols) => {
        const market = sample(markets({ symbols, frames: 20 }), seed);
        expect(market.symbols.length >= 1 && market.symbols.length <= symbols).toBe(true);
        expect(market.symbols.every(({ rows }) => rows.length <= 20)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a candle in words', () => {
  const row = standing(100).symbols[0].rows[0];
  const next = { ...row, ts: row.ts + INTERVAL };
  it.each([
    ['flat', row, undefined],
    ['rise', { ...row, close: 101, high: 101 }, undefined],
    ['fall', { ...row, close: 99, low: 99 }, undefined],
    ['crash', { ...row, close: 79, low: 79 }, undefined],
    ['spike up', { ...row, high: 111 }, undefined],
    ['spike down', { ...row, low: 89 }, undefined],
    ['no trades', { ...row, volume: 0 }, undefined],
    ['after a gap', { ...next, ts: next.ts + INTERVAL }, row],
    ['leap up, no trades', { ...next, open: 111, high: 111, low: 111, close: 111, volume: 0 }, row],
    ['leap down', { ...next, open: 89, high: 89, low: 89, close: 89 }, row],
  ])('%s', (words, candle, before) => {
    expect(candleShape(candle, before, INTERVAL)).toBe(words);
  });
});

describe('plans in words', () => {
  it('of odd facts', () => {
    expect(describeOddities([])).toBe('every report comes as it should');
    expect(describeOddities([{ kind: 'twice', report: 'funding' }])).toBe('funding comes twice');
    expect(describeOddities([{ kind: 'split-twice', report: 1 }])).toBe('report 1 comes in two parts, the second first and twice');
    const plan = (['swapped', 'split', 'twice', 'after-end'] as const).map((kind, k) => ({ kind, report: k + 3 }));
    expect(describeOddities([{ kind: 'late', report: 1, candles: 1 }, { kind: 'late', report: 2, candles: 2 }, ...plan])).toBe(
      'report 1 comes 1 candle late, report 2 comes 2 candles late, report 3 comes after the next one, ' +
        'report 4 comes in two parts, the second first, report 5 comes twice, report 6 is followed by more reports of its order',
    );
  });
  it('of model faults', () => {
    expect(describeModelFaults([])).toBe('every request is answered as it should');
    expect(
      describeModelFaults([
        { kind: 'fails', request: 1 },
        { kind: 'silent', request: 2 },
        { kind: 'late', request: 'every', frames: 1 },
        { kind: 'out-of-range', request: 4, value: NaN },
      ]),
    ).toBe('request 1 fails, request 2 is never answered, every request is answered 1 frame late, request 4 is answered with NaN');
  });
});
