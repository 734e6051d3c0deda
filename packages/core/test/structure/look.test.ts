import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CandleView,
  createFeatureGraph,
  isLastState,
  isMoment,
  KIND,
  KNOWN_AT,
  OBJECT,
  parseFeature,
  resampleTape,
  STATE,
  StructureFold,
} from '../../src/index.ts';
import { placeCandle } from '../../src/market/candle-view.ts';
import { tapeOf } from '../feature/market.ts';
import { eventsOf, logOf, wholeBars } from './candles.ts';
import { drawnTape } from './drawn-market.ts';

const TEXTS = ['structure(2,2,30)', 'structure(1,1,10)@4h', 'ema(close,2)'];

describe('what a view knows', () => {
  it('LOOK-1: a view reads the events of its row and before, and none of those that are already computed', () => {
    const tape = drawnTape();
    const graph = createFeatureGraph(tape, TEXTS.map(parseFeature));
    graph.advance(0, tape.length);
    const view = new CandleView(tape, graph.columns, graph.logs);
    for (let row = 0; row < tape.length; row++) {
      placeCandle(view, row, true);
      for (const slot of [0, 1]) {
        const known = eventsOf(graph.logs[slot]!).filter((event) => event[KNOWN_AT] <= row);
        const reader = view.events(slot);
        expect(Array.from({ length: reader.length }, (_, event) => reader.at(event, OBJECT))).toEqual(known.map((event) => event[OBJECT]));
        expect(() => reader.at(known.length, KNOWN_AT)).toThrow(
          new RangeError(`event ${known.length}, slot 0: ${known.length} events of 9 numbers are known at row ${row}`),
        );
        expect(() => reader.at(0, 9)).toThrow(RangeError);
      }
    }
    expect(() => view.events(2)).toThrow(new RangeError('feature 2 finds no objects, so it has no events'));
  });

  it('LOOK-1: events of a higher interval are known at the base row at which its candle closes, and else the same', () => {
    const tape = drawnTape();
    const [log] = [logOf(tape, 'structure(1,1,10)@4h')];
    const higher = eventsOf(logOf(resampleTape(tape, '4h'), 'structure(1,1,10)'));
    expect(higher.length).toBeGreaterThan(10);
    // From midnight on, the k-th candle of four hours closes with row 4k + 3.
    expect(eventsOf(log)).toEqual(higher.map((event) => event.with(KNOWN_AT, 4 * event[KNOWN_AT] + 3)));
  });

  it('LOOK-1: aligned events come in the order of rows in ranges of any size, and end with the higher candles that have closed', () => {
    fc.assert(
      fc.property(wholeBars, fc.array(fc.nat(25), { maxLength: 60 }), fc.nat(3), (rows, sizes, offset) => {
        const tape = tapeOf(rows, 3_600_000, Date.UTC(2025, 0, 1, offset));
        const aligned = eventsOf(logOf(tape, 'structure(1,1,10)@4h', sizes));
        const higherTape = resampleTape(tape, '4h');
        const higher = eventsOf(logOf(higherTape, 'structure(1,1,10)'));
        expect(aligned.map((event) => tape.closeTs[event[KNOWN_AT]])).toEqual(higher.map((event) => higherTape.closeTs[event[KNOWN_AT]]));
        expect(aligned.map((event) => event.slice(1))).toEqual(higher.map((event) => event.slice(1)));
      }),
      { numRuns: 100 },
    );
  });
});

describe('a fold of a structure', () => {
  it('STR-1: has the objects that are live at a row, one state each, and reads no further', () => {
    fc.assert(
      fc.property(wholeBars, fc.array(fc.nat(160), { maxLength: 10 }), (rows, stops) => {
        const log = logOf(tapeOf(rows, 3_600_000), 'structure(1,1,20)');
        const fold = new StructureFold(log);
        for (const row of stops.toSorted((a, b) => a - b)) {
          let seen = 0;
          fold.advance(row, ({ stateAt }) => {
            expect(stateAt).toBeLessThanOrEqual(row);
            seen += 1;
          });
          expect(seen).toBeLessThanOrEqual(log.length);
          const states = new Map(
            eventsOf(log)
              .filter((event) => event[KNOWN_AT] <= row)
              .map((event) => [event[OBJECT], event]),
          );
          const live = [...states.values()].filter((event) => !isMoment(event[KIND]) && !isLastState(event[KIND], event[STATE]));
          expect([...fold.live()].map(({ object, state }) => [object, state])).toEqual(
            live.map((event) => [event[OBJECT], event[STATE]]).toSorted((a, b) => a[0] - b[0]),
          );
          for (const { object } of fold.live()) expect(fold.find(object)?.object).toBe(object);
        }
      }),
      { numRuns: 100 },
    );
  });
});
