import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryToLine, JournalVenue, type JournalEntry, type Recorder, type Tape } from '../../src/index.ts';
import { EntryList } from '../../src/index.ts';
import { prepare, run } from '../engine/fixture.ts';
import { scenario, setupOf, tapesOf, type Scenario } from './arbitrary-run.ts';
import { runs } from './options.ts';

const lines = (entries: readonly JournalEntry[]): readonly string[] => entries.map(entryToLine);

/** A copy of the tapes that ends after the n-th frame of all of them. */
function cut(tapes: readonly Tape[], until: number): readonly Tape[] {
  return tapes.map((tape) => ({ ...tape, length: tape.closeTs.subarray(0, tape.length).filter((ts) => ts <= until).length }));
}
/** A copy in which every row after a moment is NaN, its time apart. */
function poisoned(tapes: readonly Tape[], until: number): readonly Tape[] {
  const column = (tape: Tape, values: Float64Array): Float64Array =>
    values.map((value, row) => (tape.closeTs[row]! <= until ? value : NaN));
  return tapes.map((tape) => ({
    ...tape,
    open: column(tape, tape.open),
    high: column(tape, tape.high),
    low: column(tape, tape.low),
    close: column(tape, tape.close),
    volume: column(tape, tape.volume),
  }));
}

describe('law 1: block invariance', () => {
  it('JRN-1: any size of block leaves the same journal', () => {
    fc.assert(
      fc.property(scenario, fc.integer({ min: 1, max: 20 }), (given, blockRows) => {
        const whole = run({ ...setupOf(given), blockRows: 4096 });
        const inParts = run({ ...setupOf(given), blockRows });
        expect(lines(inParts.entries)).toEqual(lines(whole.entries));
        expect(inParts.engine.curve).toEqual(whole.engine.curve);
      }),
      runs(150),
    );
  });
  it('JRN-1: so does advancing frame by frame', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const stepped = prepare(setupOf(given));
        while (stepped.engine.pos < stepped.length) stepped.engine.advance(stepped.engine.pos + 1);
        expect(lines(stepped.entries)).toEqual(lines(run(setupOf(given)).entries));
      }),
      runs(100),
    );
  });
});

describe('law 2: causality', () => {
  it('TIME-5: what comes after a frame changes no entry up to it', () => {
    fc.assert(
      fc.property(scenario, fc.nat(16), (given, minute) => {
        const until = (minute + 1) * 60_000 - 1;
        const tapes = tapesOf(given);
        const known = run(setupOf(given, cut(tapes, until)));
        const past = (entries: readonly JournalEntry[]): readonly string[] => lines(entries.filter(({ pos }) => pos <= known.length));
        const full = run(setupOf(given));
        expect(past(full.entries)).toEqual(lines(known.entries));
        const blind = prepare(setupOf(given, poisoned(tapes, until)));
        blind.engine.advance(known.length);
        expect(past(blind.entries)).toEqual(lines(known.entries));
      }),
      runs(150),
    );
  });
});

/** Runs a scenario against a recorded journal instead of a market. */
function replay(given: Scenario, entries: readonly JournalEntry[]): readonly JournalEntry[] {
  const setup = setupOf(given);
  const list = new EntryList();
  const venue: JournalVenue & Recorder = new JournalVenue(setup.tapes.length, entries, list);
  run({ ...setup, venue, recorder: venue });
  return list.entries;
}

describe('law 3: replay', () => {
  it('JRN-4: an engine fed by its own journal writes the same journal', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const { entries } = run(setupOf(given));
        expect(lines(replay(given, entries))).toEqual(lines(entries));
      }),
      runs(200),
    );
  });
});

describe('law 8: relabelling', () => {
  it('TIME-1: the order of the instruments changes no fill of any of them', () => {
    fc.assert(
      fc.property(
        scenario.filter(({ equity, markets }) => equity === 10_000 && markets.length > 1),
        (given) => {
          // Ids of orders are counted over all instruments, so what reacts to an id is left out.
          const plain = { ...given, reacts: false };
          const last = given.markets.length - 1;
          const turned: Scenario = {
            ...plain,
            markets: given.markets.toReversed(),
            actions: given.actions.map((action) => ({
              ...action,
              instrument: action.instrument > last ? action.instrument : last - action.instrument,
            })),
          };
          const fillsOf = (result: ReturnType<typeof run<{ mean: number }>>, id: number): readonly string[] =>
            result.entries.flatMap(({ message }) =>
              message.type === 'OrderFilled' && message.instrument === id
                ? [`${message.ts} ${message.qty}@${message.price} ${message.fee}`]
                : [],
            );
          const a = run(setupOf(plain));
          const b = run(setupOf(turned));
          for (let id = 0; id <= last; id++) expect(fillsOf(b, last - id)).toEqual(fillsOf(a, id));
          expect([...b.engine.ledger.totals]).toEqual([...a.engine.ledger.totals]);
          expect(b.engine.curve).toEqual(a.engine.curve);
        },
      ),
      runs(150),
    );
  });
});
