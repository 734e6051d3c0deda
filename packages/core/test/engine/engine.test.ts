import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EntryList,
  entryToLine,
  InvariantError,
  JournalVenue,
  StrategyError,
  type EpochMs,
  type Fact,
  type JournalEntry,
  type Lots,
  type OrderId,
  type RequestPrediction,
  type Strategy,
  type Ticks,
} from '../../src/index.ts';
import { runs } from '../laws/options.ts';
import { messages, prepare, run, scripted, tapeOf, whole, type Row, type Setup } from './fixture.ts';

const ROWS: readonly Row[] = [100, 103, 98, 104, 107, 99, 101].map((close, k, all) => [k === 0 ? 100 : all[k - 1]!, 110, 90, close]);
const lots = (n: number): Lots => n as Lots;

describe('order of things', () => {
  it('TIME-2, TIME-3, TIME-4: funding, fills, timers, then decisions by instrument', () => {
    const seen: string[] = [];
    const made = run({
      tapes: [tapeOf(ROWS.slice(0, 2), 0), tapeOf(ROWS.slice(0, 2), 1)],
      funding: [0, 1].map(() => ({ times: Float64Array.of(60_000), ratesE8: Float64Array.of(10_000) })),
      strategy: {
        ...scripted({}, (fact) => seen.push(`${fact.type} ${fact.instrument}`)),
        decide: (_, candle, desk) => {
          seen.push(`decide ${candle.instrument}${candle.isFrameEnd ? ' end' : ''}`);
          if (candle.row > 0) return;
          desk.target(candle.instrument, lots(1));
          desk.timer(candle.instrument, candle.ts);
        },
      },
    });
    expect(seen).toEqual([
      'decide 0',
      'OrderAccepted 0',
      'decide 1 end',
      'OrderAccepted 1',
      'OrderFilled 0',
      'OrderFilled 1',
      'TimerFired 0',
      'TimerFired 1',
      'decide 0',
      'decide 1 end',
    ]);
    expect(made.entries.map(({ pos }) => pos)).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3, 3]);
  });
  it('TIME-6: the curve sees every frame after its decisions', () => {
    const { engine } = run({ tapes: [tapeOf(ROWS)], strategy: scripted({ 0: { 0: (desk, id) => desk.target(id, lots(10)) } }) });
    expect(engine.curve.frames).toBe(ROWS.length);
    expect(engine.curve.framesInMarket).toBe(ROWS.length - 1);
  });
  it('TIME-3: a timer fires at the first close at or after it is due, in the order of the times', () => {
    const made = run({
      tapes: [tapeOf(ROWS)],
      strategy: scripted({ 0: { 0: (desk, id) => [200_000, 119_999, 120_000, 5].forEach((due) => desk.timer(id, due as EpochMs)) } }),
    });
    expect(messages(made.entries, 'TimerFired').map(({ ts, timerId }) => [ts, timerId])).toEqual([
      [119_999, 4],
      [119_999, 2],
      [179_999, 3],
      [239_999, 1],
    ]);
  });
});

/** A model that is asked for its view on the close and follows its sign. */
const model = { id: 'm', hash: 'h', inputs: [], outputs: [] };
const asking: Strategy<null> = {
  ...scripted({}, (fact, desk) => {
    if (fact.type === 'PredictionReady') desk.target(fact.instrument, lots(fact.values[0]! > 0 ? 5 : -5));
  }),
  models: [model],
  decide: (_, candle, desk) => {
    desk.predict(0, candle.instrument, [candle.close()]);
  },
};
const answer = ({ ts, instrument, requestId, input }: RequestPrediction): Fact => ({
  type: 'PredictionReady',
  ts,
  instrument,
  requestId,
  modelHash: 'ab',
  values: [input[0]! - 102],
});
const twoTapes: Setup<null> = { tapes: [tapeOf(ROWS, 0), tapeOf(ROWS.slice(2), 1, 2)], strategy: asking };

/** Lets the engine run, answering each batch with what `ask` makes of it. */
async function driven(
  setup: Setup<null>,
  ask: (requests: readonly RequestPrediction[]) => readonly Fact[] | Promise<readonly Fact[]>,
): Promise<readonly JournalEntry[]> {
  const made = prepare(setup);
  while (made.engine.advance(made.length) !== 'end') for (const fact of await ask(made.engine.takeRequests())) made.engine.accept(fact);
  return made.entries;
}

describe('demand loop', () => {
  it('TIME-7: frame predictions come as one batch a timestamp, before the next one', async () => {
    const batches: number[][] = [];
    const entries = await driven(twoTapes, (requests) => {
      batches.push([new Set(requests.map(({ ts }) => ts)).size, requests.length]);
      return requests.map(answer);
    });
    expect(batches).toEqual([1, 1, 2, 2, 2, 2, 2].map((size) => [1, size]));
    expect(messages(entries, 'PredictionReady')).toHaveLength(12);
  });
  it('JRN-1: answers at once and answers later leave the same journal, whatever the block', async () => {
    const sync = await driven(twoTapes, (requests) => requests.map(answer));
    for (const blockRows of [1, 3, 4096]) {
      const later = await driven({ ...twoTapes, blockRows }, async (requests) => {
        await new Promise((resolve) => setImmediate(resolve));
        return requests.map(answer);
      });
      expect(later.map(entryToLine)).toEqual(sync.map(entryToLine));
    }
  });
  it('JRN-4: a run with predictions replays from its journal', async () => {
    const first = await driven(twoTapes, (requests) => requests.map(answer));
    const list = new EntryList();
    const venue = new JournalVenue(2, first, list);
    const made = prepare({ ...twoTapes, venue, recorder: venue });
    while (made.engine.advance(made.length) !== 'end') {
      made.engine.takeRequests();
      for (let fact = venue.nextPrediction(made.engine.pos); fact !== null; fact = venue.nextPrediction(made.engine.pos))
        made.engine.accept(fact);
    }
    expect(list.entries.map(entryToLine)).toEqual(first.map(entryToLine));
  });
  it('TIME-7: block predictions are columns that are filled before their rows are decided', () => {
    const strategy: Strategy<null> = {
      ...scripted({}),
      models: [{ ...model, outputs: ['edge'] }],
      decide: (_, candle, desk) => desk.target(candle.instrument, lots(candle.feature(0) > 0 ? 5 : -5)),
    };
    const journals = [1, 2, 5, 4096].map((blockRows) => {
      const tapes = [tapeOf(ROWS, 0), tapeOf(ROWS.slice(2), 1, 2)];
      const made = prepare({ tapes, strategy, blockRows });
      const covered = [0, 0];
      for (let demand = made.engine.advance(made.length); demand !== 'end'; demand = made.engine.advance(made.length)) {
        expect(demand).toBe('block-predictions');
        for (const { instrument, from, to } of made.engine.pendingBlock) {
          expect(from).toBe(covered[instrument]);
          covered[instrument] = to;
          for (let row = from; row < to; row++) made.engine.predictions[instrument]![0]![row] = tapes[instrument]!.close[row]! - 102;
        }
      }
      expect(covered).toEqual([7, 5]);
      return made.entries.map(entryToLine);
    });
    for (const journal of journals) expect(journal).toEqual(journals[0]);
    expect(journals[0]!.length).toBeGreaterThan(8);
  });
});

describe('a strategy that fails', () => {
  const failing =
    (act: () => void): (() => void) =>
    () =>
      void run({
        instruments: [whole(0), whole(1)],
        tapes: [tapeOf(ROWS, 0), tapeOf(ROWS, 1)],
        strategy: { ...scripted({ 1: { 2: act } }), id: 'shaky' },
      });
  it('HALT-2: is named with its symbol and candle, and the cause is kept', () => {
    const cause = new TypeError('no such thing');
    const failed = failing(() => {
      throw cause;
    });
    expect(failed).toThrow(StrategyError);
    expect(failed).toThrow('strategy shaky, T1USDT, candle closing at 179999 ms: no such thing');
    expect(failed).toThrow(expect.objectContaining({ cause }));
  });
  it.each([NaN, Infinity])('HALT-2: so is one whose target is %d', (share) => {
    const act = scripted({ 0: { 1: (desk, id) => desk.targetShare(id, share) } });
    expect(() => run({ tapes: [tapeOf(ROWS)], strategy: act })).toThrow(
      /strategy scripted, T0USDT, candle closing at 119999 ms: target\((NaN|Infinity)\)/,
    );
  });
  it('HALT-2: so is one that fails over a fact from outside', async () => {
    const strategy = {
      ...asking,
      onFact: (): never => {
        throw new Error('bad answer');
      },
    };
    const going = driven({ tapes: [tapeOf(ROWS)], strategy }, (requests) => requests.map(answer));
    await expect(going).rejects.toThrow('strategy scripted, T0USDT, candle closing at 59999 ms: bad answer');
  });
});

describe('law 5: order life cycle', () => {
  const ORDER = { instrument: 0, side: 'buy', orderType: 'limit', qty: 10, price: 50 } as const;
  /** Reports about the orders 1 to 3 (3 was never sent), and what each of them must be about. */
  const fact: fc.Arbitrary<Fact> = fc
    .record({
      kind: fc.constantFrom('OrderAccepted', 'OrderCanceled', 'OrderExpired', 'OrderRejected', 'OrderFilled'),
      order: fc.integer({ min: 1, max: 3 }),
      fill: fc.integer({ min: 1, max: 4 }),
    })
    .map(({ kind, order, fill }) => {
      const base = { type: kind, ts: 60_000, instrument: 0, orderId: order };
      const rest =
        kind === 'OrderFilled'
          ? { fill, qty: fill, price: 50, reference: 50, fee: 7 * fill, isMaker: true, isDone: fill === 4 }
          : kind === 'OrderAccepted'
            ? {}
            : { reason: kind === 'OrderCanceled' ? 'requested' : 'reduce_only' };
      return { ...base, ...rest } as unknown as Fact;
    });
  const afterFirst = () => {
    const silent = {
      wake: new Float64Array([Infinity]),
      timerDue: Infinity,
      match: () => {},
      endFrame: () => {},
      fireTimers: () => {},
      handle: () => {},
    };
    const made = prepare({
      tapes: [tapeOf(ROWS)],
      venue: silent,
      strategy: scripted({ 0: { 0: (desk) => [1, 2].forEach(() => desk.order(ORDER as never)) } }),
    });
    made.engine.advance(1);
    return made;
  };
  const stateOf = ({ engine }: ReturnType<typeof afterFirst>): string =>
    JSON.stringify([engine.orders.of(0 as never), [...engine.ledger.totals], [...engine.ledger.qty], [...engine.ledger.cost]]);

  it('ORD-4, ORD-6: any interleaving ends in a legal state: each fill once, none of an order that has ended', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 14 }), (facts) => {
        const made = afterFirst();
        const open = new Map([1, 2].map((order) => [order, new Set<number>()]));
        let [qty, fees] = [0, 0];
        for (const each of facts) {
          made.engine.accept(each);
          const order = (each as { orderId: OrderId }).orderId as number;
          const fills = open.get(order);
          if (fills === undefined || each.type === 'OrderAccepted') continue;
          if (each.type !== 'OrderFilled') open.delete(order);
          else if (!fills.has(each.fill)) {
            fills.add(each.fill);
            qty += each.qty;
            fees += each.fee;
            if (fills.size === 4) open.delete(order);
          }
        }
        expect(made.engine.ledger.qty[0]).toBe(qty);
        expect(made.engine.ledger.totals[1]).toBe(fees);
        expect(made.engine.orders.of(0 as never).map(({ orderId, filled }) => [orderId, filled])).toEqual(
          [...open].map(([order, fills]) => [order, [...fills].reduce((sum, fill) => sum + fill, 0)]),
        );
      }),
      runs(300),
    );
  });
  it('ORD-5: a repeated report changes nothing but the journal, which has seen it', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 10 }), (facts) => {
        const once = afterFirst();
        const twice = afterFirst();
        const start = once.entries.length;
        for (const each of facts) {
          once.engine.accept(each);
          twice.engine.accept(each);
          const before = stateOf(twice);
          twice.engine.accept(each);
          expect(stateOf(twice)).toBe(before);
        }
        expect(stateOf(twice)).toBe(stateOf(once));
        expect(twice.entries.length - start).toBe(2 * (once.entries.length - start));
      }),
      runs(200),
    );
  });
});

describe('what cannot be', () => {
  it('LED-4: NaN in a report stops the run instead of entering the ledger', () => {
    const bad: Fact = {
      type: 'OrderFilled',
      ts: 1,
      instrument: 0,
      orderId: 1,
      fill: 1,
      qty: 1,
      price: NaN,
      reference: 1,
      fee: 0,
      isMaker: false,
      isDone: true,
    } as unknown as Fact;
    const made = prepare({
      tapes: [tapeOf(ROWS)],
      strategy: scripted({
        0: { 0: (desk, id) => desk.order({ instrument: id, side: 'buy', orderType: 'limit', qty: lots(1), price: 50 as Ticks }) },
      }),
    });
    made.engine.advance(1);
    expect(() => made.engine.accept(bad)).toThrow(InvariantError);
  });
});
