import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createTape,
  FEATURE_DEFINITIONS,
  featureDefinition,
  KNOWN_AT,
  type EventLog,
  type FeatureGraph,
  type Tape,
} from '../../src/index.ts';
import { append, bars, graphOf, START, tapeOf, TEXTS, type Bar } from './market.ts';

/** Bit patterns of columns and logs up to a row, so that NaN equals NaN and −0 differs from 0. */
function bits({ columns, logs }: FeatureGraph, rows: number): bigint[][] {
  return columns.map((column, k) => {
    const log = logs[k];
    return Array.from(
      log === null ? new BigUint64Array(column.buffer, 0, rows) : new BigUint64Array(log.words.buffer, 0, knownWords(log, rows)),
    );
  });
}

/** Numbers in the events that are known before a row. */
function knownWords(log: EventLog, rows: number): number {
  let events = 0;
  while (events < log.length && log.at(events, KNOWN_AT) < rows) events += 1;
  return events * log.stride;
}

const findsObjects = (text: string): boolean => featureDefinition(text.slice(0, text.indexOf('('))).findsObjects === true;
/** Prices and distances of what need not be there. */
const mayBeMissing = (text: string): boolean => /^(swing_|premium_discount|previous_)|_distance\(/.test(text);

function whole(tape: Tape): bigint[][] {
  const graph = graphOf(tape, ...TEXTS);
  graph.advance(0, tape.length);
  return bits(graph, tape.length);
}

const gappyMarket = fc.tuple(bars, fc.array(fc.nat(120), { minLength: 1, maxLength: 20 }), fc.nat(90));

/** Candles with holes in them, from any minute of the hour on. */
function gappyTape(rows: readonly Bar[], gaps: readonly number[], offset: number, capacity: number): Tape {
  const tape = createTape(0 as Tape['instrument'], 60_000, capacity);
  let openTime = START + offset * 60_000;
  rows.forEach((bar, k) => {
    append(tape, bar, openTime);
    openTime += 60_000 * (k % 7 === 3 ? 1 + gaps[k % gaps.length] : 1);
  });
  return tape;
}

describe('laws of every kernel', () => {
  it('the list under test names every kind', () => {
    const tested = new Set(TEXTS.map((text) => text.slice(0, text.indexOf('('))));
    expect(FEATURE_DEFINITIONS.map((definition) => definition.kind).filter((kind) => !tested.has(kind))).toEqual([]);
  });

  it('any partition of the rows into ranges gives the same bits', () => {
    fc.assert(
      fc.property(gappyMarket, fc.array(fc.nat(25), { maxLength: 60 }), ([rows, gaps, offset], sizes) => {
        const tape = gappyTape(rows, gaps, offset, rows.length);
        const graph = graphOf(tape, ...TEXTS);
        let from = 0;
        for (const size of sizes) {
          const to = Math.min(tape.length, from + size);
          graph.advance(from, to);
          from = to;
        }
        graph.advance(from, tape.length);
        expect(bits(graph, tape.length)).toEqual(whole(tape));
      }),
      { numRuns: 150 },
    );
  });

  it('rows that do not exist yet cannot be read: NaN there changes nothing before', () => {
    fc.assert(
      fc.property(gappyMarket, fc.nat(100), ([rows, gaps, offset], cut) => {
        const known = gappyTape(rows, gaps, offset, rows.length);
        const length = Math.min(known.length, cut);
        const poisoned = gappyTape(rows, gaps, offset, rows.length);
        for (const column of [poisoned.open, poisoned.high, poisoned.low, poisoned.close, poisoned.volume]) column.fill(NaN, length);
        const before = graphOf(known, ...TEXTS);
        before.advance(0, known.length);
        const after = graphOf(poisoned, ...TEXTS);
        after.advance(0, poisoned.length);
        expect(bits(after, length)).toEqual(bits(before, length));
      }),
      { numRuns: 150 },
    );
  });

  it('a tape that grows row by row ends with the bits of the tape that was there at once', () => {
    fc.assert(
      fc.property(gappyMarket, ([rows, gaps, offset]) => {
        const complete = gappyTape(rows, gaps, offset, rows.length);
        const growing = createTape(0 as Tape['instrument'], 60_000, rows.length + 5);
        const graph = graphOf(growing, ...TEXTS);
        rows.forEach((bar, k) => {
          append(growing, bar, complete.closeTs[k] - 59_999);
          graph.advance(k, k + 1);
        });
        expect(bits(graph, rows.length)).toEqual(whole(complete));
      }),
      { numRuns: 60 },
    );
  });

  it('a hole of NaN in the input is followed by the values of a fresh start', () => {
    fc.assert(
      fc.property(bars, bars, (first, second) => {
        const hole: Bar = { open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN };
        // These three look at single earlier rows and so across the hole.
        const local = TEXTS.filter((text) => !text.includes('@') && !findsObjects(text) && !/^(lag|momentum|roc)\(/.test(text));
        const joined = graphOf(tapeOf([...first, hole, ...second]), ...local);
        joined.advance(0, first.length + 1 + second.length);
        const fresh = graphOf(tapeOf([hole, ...second]), ...local);
        fresh.advance(0, 1 + second.length);
        local.forEach((text, k) => {
          expect(Array.from(joined.columns[k].subarray(first.length + 1)), text).toEqual(Array.from(fresh.columns[k].subarray(1)));
        });
      }),
      { numRuns: 60 },
    );
  });

  it('where every price is above 0 and something was traded, the first value is at row `warmup` and none is missing after it', () => {
    fc.assert(
      fc.property(bars, (rows) => {
        const tape = tapeOf(rows.map((bar) => ({ ...bar, volume: bar.volume + 1 })));
        const local = TEXTS.filter((text) => !text.includes('@') && !findsObjects(text));
        const graph = graphOf(tape, ...local);
        graph.advance(0, tape.length);
        local.forEach((text, k) => {
          if (mayBeMissing(text)) {
            const early = graph.columns[k].subarray(0, Math.min(tape.length, graph.warmups[k]));
            expect(
              early.every((value) => Number.isNaN(value)),
              text,
            ).toBe(true);
            return;
          }
          const missing = Array.from(graph.columns[k]).filter((value) => Number.isNaN(value)).length;
          const first = graph.columns[k].findIndex((value) => !Number.isNaN(value));
          expect([missing, first], text).toEqual(graph.warmups[k] < tape.length ? [graph.warmups[k], graph.warmups[k]] : [tape.length, -1]);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('a sum over candles without volume is exactly 0, whatever was traded before', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-9, max: 1e12, noNaN: true }), { maxLength: 300 }), (volumes) => {
        const rows = [...volumes, 0, 0, 0, 0, 0].map((volume) => ({ open: 1, high: 1, low: 1, close: 1, volume }));
        const graph = graphOf(tapeOf(rows), 'sum(volume,5)', 'sma(volume,5)');
        graph.advance(0, rows.length);
        expect(graph.columns.map((values) => values[rows.length - 1])).toEqual([0, 0]);
      }),
      { numRuns: 300 },
    );
  });
});
