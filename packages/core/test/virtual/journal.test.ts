import { describe, expect, it } from 'vitest';
import {
  LifeChecker,
  OutcomeFold,
  VirtualBook,
  InvariantError,
  type JournalEntry,
  type Ticks,
  type VirtualPositionEvent,
} from '../../src/index.ts';
import { messages, type Row } from '../engine/fixture.ts';
import { runSignals, told, type WrittenSignal } from '../strategy/signal/signal-table.ts';
import { at, id, PLAIN } from './lead.ts';

const flat = (close: number): Row => [close, close, close, close, 100_000];
const rows = (...closes: readonly number[]): readonly Row[] => closes.map(flat);
const LONG: WrittenSignal = { row: 1, direction: 1, entry: 1000, stop: 900, target: 1300 };
const virtual = (entries: readonly JournalEntry[]): readonly string[] => told(entries).filter((line) => line.includes(' virtual '));

describe('virtual positions of a run', () => {
  it('VIRT-1: one lives though the model refused its signal, or risk did', () => {
    const life = [
      '1 virtual 1 CREATED',
      '2 virtual 1 PRICE_UPDATED',
      '3 virtual 1 MIN_PNL_UPDATED',
      '3 virtual 1 NEAR_STOP_LOSS',
      '3 virtual 1 STOP_LOSS_HIT',
      '3 virtual 1 CLOSED',
    ];
    const market = { rows: [rows(1000, 1000, 1000, 890)], signals: [[[LONG]]] };
    const refused = [
      runSignals({ ...market, form: { model: () => ({ threshold: 0.5, weight: 0.5 }) }, answer: () => 0.1 }),
      runSignals({ ...market, params: { maxExposure: 0.05 } }),
    ];
    for (const { entries } of refused) {
      expect(messages(entries, 'SignalRejected')).toHaveLength(1);
      expect(messages(entries, 'SignalAccepted')).toEqual([]);
      expect(virtual(entries)).toEqual(life);
    }
  });
  it('VIRT-1: none where the signal is not good by itself, or one of its direction is open', () => {
    const { entries } = runSignals({
      rows: [rows(1000, 1000, 1000, 1000, 1000)],
      signals: [
        [
          [
            { ...LONG, confidence: 0.1 },
            { ...LONG, row: 2 },
            { ...LONG, row: 3 },
          ],
        ],
      ],
    });
    expect(messages(entries, 'SignalRaised')).toHaveLength(3);
    expect(virtual(entries)).toEqual(['2 virtual 2 CREATED', '3 virtual 2 PRICE_UPDATED']);
  });

  it('VIRT-3: a symbol that misses a candle is entered at its next one, not at one that it had before', () => {
    const { entries } = runSignals({
      rows: [[flat(1000), [980, 1000, 980, 1000, 100_000], null, flat(1020), flat(1020)], rows(500, 500, 500, 500, 500)],
      signals: [[[LONG]], [[]]],
    });
    const [created, entered] = messages(entries, 'VirtualPositionEvent');
    expect(created).toMatchObject({ kind: 'CREATED', price: 1000, ts: at(2) - 1 });
    expect(entered).toMatchObject({ kind: 'PRICE_UPDATED', cause: 'entered', price: 1020, ts: at(4) - 1 });
  });
  it('VIRT-3: a candle that was shown before a position was added is past for it', () => {
    const events: VirtualPositionEvent[] = [];
    const book = new VirtualBook(2, PLAIN);
    const draft = { instrument: id(0), ts: at(1), direction: 1, entry: 100 as Ticks, stop: 90 as Ticks, target: 120 as Ticks } as const;
    book.show(id(0), 95, 101, 95, 100);
    book.add({ ...draft, positionId: 1 }, events);
    book.show(id(1), 50, 50, 50, 50);
    book.advance(at(2), true, events);
    expect(events.map(({ kind }) => kind)).toEqual(['CREATED']);
    // Where another one still has to see that candle, it may not be passed over.
    book.show(id(0), 100, 100, 100, 100);
    expect(() => book.add({ ...draft, positionId: 2 }, events)).toThrow(InvariantError);
    book.advance(at(3), true, events);
    expect(events.map(({ cause }) => cause)).toEqual(['none', 'entered', 'none']);
  });

  it('VIRT-2, VIRT-12: the journal is held to the order of a life, and folds into the outcomes', () => {
    const { entries } = runSignals({
      rows: [[...rows(1000, 1000, 1010), [1010, 1310, 1005, 1290, 100_000], flat(1290), flat(1290)], rows(500, 500, 500, 500, 430, 430)],
      signals: [[[LONG]], [[{ row: 1, direction: -1, entry: 500, stop: 550, target: 440 }]]],
      params: { dynamicLevels: false },
    });
    const checker = new LifeChecker();
    expect(
      messages(entries, 'VirtualPositionEvent')
        .map((event) => checker.check(event))
        .filter((fault) => fault !== null),
    ).toEqual([]);
    const fold = new OutcomeFold();
    expect(entries.flatMap(({ message }) => fold.add(message) ?? [])).toMatchObject([
      {
        signalId: 1,
        source: 'source-0',
        direction: 'long',
        entryPrice: 1010,
        exitPrice: 1300,
        cause: 'take_profit',
        qualityMean: 0.5,
        confidence: 6e7,
      },
      { signalId: 2, instrument: 1, direction: 'short', entryPrice: 500, exitPrice: 430, cause: 'take_profit', grossReturn: 14_000_000 },
    ]);
    expect([fold.open, checker.open]).toEqual([0, 0]);
  });
});
