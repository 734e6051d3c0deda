import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EntryList,
  FoldError,
  foldJournal,
  GrowingFunding,
  GrowingSchedule,
  InvariantError,
  isExternalToOutbox,
  ReplayCheck,
  SimVenue,
  type EpochMs,
  type FundingCharged,
  type InstrumentId,
  type JournalEntry,
  type Lots,
  type Message,
  type PriceE8,
  type RateE8,
  type Sats,
  type Strategy,
} from '../../src/index.ts';
import { runs } from '../laws/options.ts';
import { messages, prepare, ROOMY_VENUE, run, scripted, tapeOf, whole, type Row } from './fixture.ts';
import { Exchange, LiveRig } from './live-rig.ts';

/** Follows the last candle: long after a rising one, short after a falling one; keeps a timer going. */
const following: Strategy<{ timers: number }> = {
  id: 'following',
  scope: 'instrument',
  features: [],
  models: [],
  initialState: () => ({ timers: 0 }),
  decide: (state, candle, desk) => {
    if (candle.row === 0) desk.timer(candle.instrument, (candle.ts + 120_000) as EpochMs);
    const side = Math.sign(candle.close() - candle.open());
    if (side !== 0) desk.target(candle.instrument, (side * (3 + state.timers)) as Lots);
  },
  onFact: (state, fact, desk) => {
    if (fact.type !== 'TimerFired') return;
    state.timers += 1;
    desk.timer(fact.instrument, (fact.ts + 120_000) as EpochMs);
  },
};

const price = fc.integer({ min: 90, max: 110 });
const row: fc.Arbitrary<Row> = fc
  .tuple(price, price)
  .map(([open, close]) => [open, Math.max(open, close) + 2, Math.min(open, close) - 2, close]);
const market = fc
  .integer({ min: 1, max: 3 })
  .chain((instruments) =>
    fc
      .integer({ min: 1, max: 12 })
      .chain((length) =>
        fc.array(fc.array(row, { minLength: length, maxLength: length }), { minLength: instruments, maxLength: instruments }),
      ),
  );

function live(rows: readonly (readonly Row[])[]): LiveRig<{ timers: number }> {
  const rig = new LiveRig(following, rows);
  const exchange = new Exchange(rig.tapes);
  for (let k = 0; k < rows[0].length; k++) exchange.frame(rig);
  return rig;
}
const asked = (entries: readonly JournalEntry[]): readonly Message[] =>
  entries.filter(({ lane }) => lane === 'out').map(({ message }) => message);

describe('a live run', () => {
  it('TIME-4: asks for the same orders as a backtest over the same candles', () => {
    fc.assert(
      fc.property(market, (rows) => {
        const backtest = run({ tapes: rows.map((of, id) => tapeOf(of, id)), strategy: following });
        expect(asked(live(rows).fresh.entries)).toEqual(asked(backtest.entries));
      }),
      runs(100),
    );
  });

  it('JRN-5: is a fold: cut at any entry, it comes back, and goes on with what had been decided', () => {
    fc.assert(
      fc.property(market, (rows) => {
        const whole = live(rows).fresh.entries;
        for (let n = 0; n <= whole.length; n++) {
          const known = whole.slice(0, n);
          const rig = new LiveRig(following, rows, known);
          while (rig.schedule.length < (known.at(-1)?.pos ?? 0)) rig.arrive();
          foldJournal(rig.engine, { entries: known, rows: rig.schedule.length, check: rig.check, isExternal: isExternalToOutbox });
          expect(rig.fresh.entries).toEqual(whole.slice(n, n + rig.fresh.entries.length));
          expect(rig.fresh.entries.filter(({ lane, message }) => lane === 'in' && message.type !== 'TimerFired')).toEqual([]);
        }
      }),
      runs(30),
    );
  });

  it('JRN-5: refuses a journal of another strategy, and one that goes on behind the candles', () => {
    const rows = [[100, 103, 98, 104].map((close, k): Row => [k === 0 ? 99 : close - 1, 110, 90, close])];
    const { entries } = live(rows).fresh;
    const fold = (strategy: Strategy<{ timers: number }>, frames: number): void => {
      const rig = new LiveRig(strategy, rows, entries);
      for (let k = 0; k < frames; k++) rig.arrive();
      foldJournal(rig.engine, { entries, rows: rig.schedule.length, check: rig.check, isExternal: isExternalToOutbox });
    };
    const idle: Strategy<{ timers: number }> = { ...following, decide: () => undefined };
    expect(() => fold(following, 4)).not.toThrow();
    expect(() => fold(idle, 4)).toThrow(FoldError);
    expect(() => fold(idle, 4)).toThrow(/^entry 1 was .*"SetTimer".* and is now .*"OrderAccepted"/);
    expect(() => fold(following, 1)).toThrow('and the candles end at 1');
  });

  it('keeps what stands behind the old end apart from what is repeated', () => {
    const list = new EntryList();
    const old: JournalEntry = { seq: 1, pos: 1, lane: 'out', message: { type: 'TradingHalted', ts: 5 as EpochMs, reason: 'bankrupt' } };
    const check = new ReplayCheck([old], list);
    check.record(1, 1, 'out', old.message);
    check.record(2, 1, 'out', old.message);
    expect([check.divergence, check.recorded, list.entries.map(({ seq }) => seq)]).toEqual([null, 2, [2]]);
  });
});

describe('history', () => {
  it('TIME-8: is known to features and prices, and nothing is decided or happens in it', () => {
    const seen: number[] = [];
    const { engine, length, entries } = prepare({
      tapes: [tapeOf([100, 101, 102].map((close): Row => [100, 110, 90, close]))],
      funding: [{ times: Float64Array.of(60_000), ratesE8: Float64Array.of(10_000) }],
      strategy: { ...scripted({}), decide: (_, candle, desk) => void seen.push(candle.close(1), desk.lastPrice(candle.instrument)) },
    });
    engine.observe(2);
    expect(engine.desk.lastPrice(0 as InstrumentId)).toBe(101);
    engine.advance(length);
    expect(seen).toEqual([101, 102]);
    expect(entries).toEqual([]);
    expect(() => engine.observe(3)).not.toThrow();
  });
  it('TIME-8: comes before the first decision', () => {
    const { engine, length } = prepare({
      tapes: [tapeOf([[100, 110, 90, 100]])],
      strategy: scripted({ 0: { 0: (desk, id) => desk.target(id, 1 as Lots) } }),
    });
    engine.advance(length);
    expect(() => engine.observe(1)).toThrow(InvariantError);
  });
});

describe('what grows', () => {
  it('TIME-1: a schedule takes frames by ascending instrument, into the room it has', () => {
    const schedule = new GrowingSchedule(3);
    schedule.append([
      { instrument: 0, row: 0 },
      { instrument: 2, row: 0 },
    ]);
    expect([schedule.length, [...schedule.instrument], [...schedule.frameEnd]]).toEqual([2, [0, 2, 0], [0, 1, 0]]);
    expect(() =>
      schedule.append([
        { instrument: 1, row: 0 },
        { instrument: 1, row: 1 },
      ]),
    ).toThrow('the schedule has room for 3 rows');
    expect(() =>
      new GrowingSchedule(3).append([
        { instrument: 1, row: 0 },
        { instrument: 1, row: 1 },
      ]),
    ).toThrow('instrument 1 stands behind 1');
  });

  it('FUND-1: a funding time that becomes known just before its candle is charged as if it had been known all along', () => {
    const tape = tapeOf([100, 100, 110].map((open): Row => [open, open + 10, open - 10, open]));
    const facts = (funding: GrowingFunding, late: boolean): readonly FundingCharged[] => {
      const venue = new SimVenue({ instruments: [whole()], tapes: [tape], funding: [funding] }, ROOMY_VENUE);
      const list: FundingCharged[] = [];
      const out = { push: (fact: Message) => (fact.type === 'FundingCharged' ? list.push(fact) : 0) };
      venue.handle(
        {
          type: 'SubmitOrder',
          ts: 0 as EpochMs,
          instrument: 0 as InstrumentId,
          orderId: 1 as never,
          side: 'buy',
          orderType: 'market',
          qty: 10 as Lots,
          price: null,
          trigger: null,
          timeInForce: 'gtc',
          reduceOnly: false,
          parent: null,
          terms: null,
        },
        out,
      );
      for (let k = 0; k < 3; k++) {
        if (late && k === 2) {
          funding.append(120_000, 10_000);
          venue.noticeFunding(0 as InstrumentId);
        }
        if (venue.wake[0]! > tape.closeTs[k]!) continue;
        venue.match(tape, k, out);
        venue.endFrame(tape.closeTs[k]!, out);
      }
      return list;
    };
    const known = new GrowingFunding(2);
    known.append(120_000, 10_000);
    // 10 lots at the open of 110, 0.01 % of 1,100 USDT.
    expect(facts(known, false).map(({ time, amount }) => [time, amount])).toEqual([[120_000, -11_000_000]]);
    expect(facts(new GrowingFunding(2), true)).toEqual(facts(known, false));
    expect(() => known.append(120_000, 1)).toThrow('not behind the last one');
  });

  it('FUND-5: a funding payment that is reported twice is booked once', () => {
    const { engine, length, entries } = prepare({ tapes: [tapeOf([[100, 110, 90, 100]])], strategy: scripted({}) });
    engine.advance(length);
    const paid = (time: number): FundingCharged => ({
      type: 'FundingCharged',
      ts: 70_000 as EpochMs,
      instrument: 0 as InstrumentId,
      time: time as EpochMs,
      rate: 1 as RateE8,
      mark: 10_000_000_000 as PriceE8,
      amount: -5 as Sats,
    });
    for (const time of [60_000, 60_000, 120_000]) engine.accept(paid(time));
    expect(engine.desk.equity()).toBe(1_000_000_000_000 - 10);
    expect(messages(entries, 'FundingCharged')).toHaveLength(3);
  });
});
