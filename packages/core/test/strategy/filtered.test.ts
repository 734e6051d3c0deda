import { describe, expect, it } from 'vitest';
import {
  defineStrategy,
  entrySignals,
  filtered,
  number,
  roc,
  sma,
  type Desk,
  type EntrySignal,
  type InstrumentId,
  type Lots,
  type ModelBindings,
  type OrderId,
  type RequestPrediction,
  type Strategy,
  type StrategyDefinition,
  type Ticks,
} from '../../src/index.ts';
import { messages, prepare, run, scripted, tapeOf, type Act, type Row } from '../engine/fixture.ts';

const flat = (close: number): Row => [close, close, close, close];
const tape = (...closes: readonly number[]) => tapeOf(closes.map(flat));
const HASH = 'ab'.repeat(32);
const bound = (...inputs: readonly string[]): ModelBindings => ({ filter: { id: 'm-1', hash: HASH, inputs, outputs: ['probability'] } });

/** A strategy that does these things at these rows, as a definition. */
function base(acts: Readonly<Record<number, Act>>, facts: string[] = []): StrategyDefinition {
  return {
    id: 'base',
    description: '',
    params: {},
    models: [],
    build: () =>
      scripted({ 0: acts }, (fact) => void facts.push('orderId' in fact ? `${fact.type} ${fact.orderId}` : fact.type)) as Strategy<unknown>,
  };
}
/** Probability, or null for a model that fails. */
type Answer = (request: RequestPrediction) => number | null;

function runFiltered(
  acts: Readonly<Record<number, Act>>,
  answer: Answer,
  options: { facts?: string[]; inputs?: readonly string[]; threshold?: number; closes?: readonly number[] } = {},
) {
  const { facts, inputs = ['side'], threshold = 0.5, closes = [100, 101, 102, 103, 104, 105] } = options;
  const strategy = filtered(base(acts, facts)).build({ threshold }, bound(...inputs));
  const made = prepare({ tapes: [tape(...closes)], strategy });
  while (made.engine.advance(made.length) === 'frame-predictions') {
    for (const { ts, instrument, requestId, ...request } of made.engine.takeRequests()) {
      const value = answer({ ts, instrument, requestId, ...request });
      made.engine.accept(
        value === null
          ? { type: 'PredictionFailed', ts, instrument, requestId, reason: 'none' }
          : { type: 'PredictionReady', ts, instrument, requestId, modelHash: HASH, values: [value] },
      );
    }
  }
  return {
    requests: messages(made.entries, 'RequestPrediction').map(({ input, ts }) => [(ts + 1) / 60_000 - 1, ...input]),
    /** `row side qty`, with what kind of order it is where it is none at market. */
    orders: messages(made.entries, 'SubmitOrder').map(
      ({ ts, side, qty, orderType }) => `${(ts + 1) / 60_000 - 1} ${side} ${qty}${orderType === 'market' ? '' : ` ${orderType}`}`,
    ),
    position: made.engine.ledger.qty[0],
  };
}
const YES: Answer = () => 0.9;
const NO: Answer = () => 0.1;
const lots =
  (qty: number): Act =>
  (desk, id) =>
    desk.target(id, qty as Lots);

describe('a filtered target', () => {
  it('is carried out as it was where the model agrees, asked once and at the very candle', () => {
    expect(runFiltered({ 0: lots(7), 1: lots(7), 2: lots(5) }, YES)).toEqual({
      requests: [[0, 1]],
      orders: ['0 buy 7', '2 sell 2'],
      position: 5,
    });
  });
  it('is not entered where it does not, and asked again only after the strategy has changed its mind', () => {
    const { requests, orders } = runFiltered({ 0: lots(7), 1: lots(7), 2: lots(-7), 3: lots(-7), 4: lots(7) }, NO);
    expect(requests).toEqual([
      [0, 1],
      [2, -1],
      [4, 1],
    ]);
    expect(orders).toEqual([]);
  });
  it('is asked anew after flat', () => {
    expect(runFiltered({ 0: lots(7), 1: lots(0), 2: lots(7) }, NO).requests).toEqual([
      [0, 1],
      [2, 1],
    ]);
  });
  it('goes flat where a turn is refused: the exit still happens', () => {
    const { orders, position } = runFiltered({ 0: lots(7), 2: lots(-7) }, ({ input }) => (input[0] === 1 ? 0.9 : 0.1));
    expect({ orders, position }).toEqual({ orders: ['0 buy 7', '2 sell 7'], position: 0 });
  });
  it('turns at once where it is agreed to', () => {
    expect(runFiltered({ 0: lots(7), 2: lots(-7) }, YES)).toMatchObject({ orders: ['0 buy 7', '2 sell 14'], position: -7 });
  });
  it('in shares is sized by the close of the candle that gave the signal', () => {
    // 10,000 USDT at a close of 102, one USDT a tick and lot: 98 lots.
    expect(runFiltered({ 2: (desk, id) => desk.targetShare(id, 1) }, YES).orders).toEqual(['2 buy 98']);
  });
  it('never enters where the model fails', () => {
    expect(runFiltered({ 0: lots(7), 2: lots(-7) }, () => null)).toMatchObject({ orders: [], position: 0 });
  });
  it('never enters on what is no probability', () => {
    for (const nonsense of [NaN, Infinity, 1e9]) expect(runFiltered({ 0: lots(7) }, () => nonsense).orders).toEqual([]);
  });
  it('is refused by the next candle when there was no answer, and a late one changes nothing', () => {
    const strategy = filtered(base({ 0: lots(7), 2: lots(-3) })).build({}, bound('side'));
    const made = prepare({ tapes: [tape(100, 101, 102, 103)], strategy });
    const late: RequestPrediction[] = [];
    while (made.engine.advance(made.length) === 'frame-predictions') late.push(...made.engine.takeRequests());
    for (const { ts, instrument, requestId } of late) {
      made.engine.accept({ type: 'PredictionReady', ts, instrument, requestId, modelHash: HASH, values: [0.9] });
    }
    expect(late.map(({ input }) => input)).toEqual([[1], [-1]]);
    expect(messages(made.entries, 'SubmitOrder')).toEqual([]);
  });
  it('needs more than the threshold, not just that', () => {
    expect(runFiltered({ 0: lots(7) }, () => 0.6, { threshold: 0.6 }).orders).toEqual([]);
    expect(runFiltered({ 0: lots(7) }, () => 0.61, { threshold: 0.6 }).orders).toEqual(['0 buy 7']);
  });
  it('that is taken back within the candle is not carried out', () => {
    expect(runFiltered({ 0: (desk, id) => (desk.target(id, 7 as Lots), desk.target(id, 0 as Lots)) }, YES).orders).toEqual([]);
  });
  it('asked for twice within the candle is carried out as it was asked for last', () => {
    const { requests, orders } = runFiltered({ 0: (desk, id) => (desk.target(id, 7 as Lots), desk.target(id, 9 as Lots)) }, YES);
    expect({ requests, orders }).toEqual({ requests: [[0, 1]], orders: ['0 buy 9'] });
  });
});

describe('the input of a filter', () => {
  it("is the model's columns at the candle of the signal, the side where the model lists it", () => {
    // roc over one candle in percent: (103 − 102) / 102; the mean of 102 and 103 is 102.5.
    const { requests } = runFiltered({ 3: lots(-4) }, NO, { inputs: ['roc(close,1)', 'side', 'sma(close,2)'] });
    expect(requests).toEqual([[3, (103 / 102 - 1) * 100, -1, 102.5]]);
  });
  it('keeps a signal from the model, and refuses it, while one of its columns has no value', () => {
    expect(runFiltered({ 0: lots(7), 3: lots(-7) }, YES, { inputs: ['side', 'sma(close,3)'] })).toMatchObject({
      requests: [[3, -1, 102]],
      orders: ['3 sell 7'],
    });
  });
});

describe('a filtered order', () => {
  const limit: Act = (desk, id) => void desk.order({ instrument: id, side: 'buy', orderType: 'limit', qty: 3 as Lots, price: 90 as Ticks });
  const bracket: Act = (desk, id) =>
    void desk.bracket({ instrument: id, side: 'buy', qty: 3 as Lots, stop: 90 as Ticks, target: 150 as Ticks });
  it('is sent where the model agrees, a bracket with its exits', () => {
    expect(runFiltered({ 0: limit }, YES)).toMatchObject({ requests: [[0, 1]], orders: ['0 buy 3 limit'] });
    expect(runFiltered({ 0: bracket }, YES).orders).toEqual(['0 buy 3', '0 sell 3 stop_market', '0 sell 3 take_profit_market']);
  });
  it('is heard of as cancelled where it does not, under the id that the strategy was given', () => {
    const facts: string[] = [];
    const ids: (OrderId | null)[] = [];
    const act: Act = (desk, id) => void ids.push(desk.bracket({ instrument: id, side: 'sell', qty: 3 as Lots, stop: 190 as Ticks }));
    expect(runFiltered({ 0: act }, NO, { facts }).orders).toEqual([]);
    expect({ facts, ids }).toEqual({ facts: ['OrderCanceled -1'], ids: [-1] });
  });
  it('keeps that id to its end, and can be cancelled by it', () => {
    const facts: string[] = [];
    let placed: OrderId | null = null;
    const place: Act = (desk, id) => {
      placed = desk.order({ instrument: id, side: 'buy', orderType: 'limit', qty: 3 as Lots, price: 90 as Ticks });
    };
    const cancel: Act = (desk, id) => placed !== null && desk.cancel(id, placed);
    runFiltered({ 0: place, 2: cancel as Act }, YES, { facts });
    expect(facts).toEqual(['OrderAccepted -1', 'OrderCanceled -1']);
  });
  it('is not sent when it was cancelled before the answer', () => {
    const facts: string[] = [];
    const act: Act = (desk, id) => (limit(desk, id, null as never), desk.cancelAll(id));
    expect(runFiltered({ 0: act }, YES, { facts }).orders).toEqual([]);
    expect(facts).toEqual(['OrderCanceled -1']);
  });
  it('takes its children along', () => {
    const act: Act = (desk, id) => {
      const parent = desk.order({ instrument: id, side: 'buy', orderType: 'market', qty: 3 as Lots });
      if (parent === null) return;
      desk.order({
        instrument: id,
        side: 'sell',
        orderType: 'stop_market',
        qty: 3 as Lots,
        trigger: 90 as Ticks,
        reduceOnly: true,
        parent,
      });
    };
    expect(runFiltered({ 0: act }, YES).orders).toEqual(['0 buy 3', '0 sell 3 stop_market']);
    const facts: string[] = [];
    expect(runFiltered({ 0: act }, NO, { facts }).orders).toEqual([]);
    expect(facts).toEqual(['OrderCanceled -1', 'OrderCanceled -2']);
  });
  it('is no signal where it can only close what is held', () => {
    const close =
      (qty: number, reduceOnly: boolean): Act =>
      (desk, id) =>
        void desk.order({ instrument: id, side: 'sell', orderType: 'market', qty: qty as Lots, reduceOnly });
    const agree: Answer = ({ input }) => (input[0] === 1 ? 0.9 : 0.1);
    expect(runFiltered({ 0: lots(7), 2: close(7, false) }, agree)).toMatchObject({ requests: [[0, 1]], orders: ['0 buy 7', '2 sell 7'] });
    expect(runFiltered({ 0: lots(7), 2: close(9, true) }, agree).requests).toEqual([[0, 1]]);
    // One lot more would open a short: the model is asked, refuses, and the long is closed all the same.
    expect(runFiltered({ 0: lots(7), 2: close(8, false) }, agree)).toMatchObject({
      requests: [
        [0, 1],
        [2, -1],
      ],
      orders: ['0 buy 7', '2 sell 7'],
    });
  });
});

describe('entry signals', () => {
  const crossing = defineStrategy({
    id: 'crossing',
    features: () => ({ fast: sma('close', 1), slow: sma('close', 2) }),
    decide: ({ features, desk }) => desk.target(features.fast > features.slow ? 1 : -1),
  });
  const CLOSES = [100, 101, 103, 102, 99, 100, 104, 103];
  it('are each turn of the strategy, once, with its candle', () => {
    const seen: string[] = [];
    const strategy = entrySignals(
      crossing.build({}),
      ({ side, candle, instrument }: EntrySignal) => void seen.push(`${instrument} ${candle?.row} ${side}`),
    );
    run({ tapes: [tape(...CLOSES)], strategy });
    expect(seen).toEqual(['0 1 1', '0 3 -1', '0 5 1', '0 7 -1']);
  });
  it('leave the run as it was', () => {
    const tapes = [tape(...CLOSES)];
    const plain = run({ tapes, strategy: crossing.build({}) });
    const watched = run({ tapes, strategy: entrySignals(crossing.build({}), () => {}) });
    expect(watched.entries).toEqual(plain.entries);
    expect(plain.entries.length).toBeGreaterThan(10);
  });
  it('are what a filter asks about', () => {
    const seen: number[][] = [];
    run({
      tapes: [tape(...CLOSES)],
      strategy: entrySignals(crossing.build({}), ({ side, candle }) => void seen.push([candle?.row ?? -1, side])),
    });
    for (const answer of [0.9, 0.1]) {
      const made = prepare({ tapes: [tape(...CLOSES)], strategy: filtered(crossing).build({}, bound('side')) });
      while (made.engine.advance(made.length) === 'frame-predictions') {
        for (const { ts, instrument, requestId } of made.engine.takeRequests()) {
          made.engine.accept({ type: 'PredictionReady', ts, instrument, requestId, modelHash: HASH, values: [answer] });
        }
      }
      expect(messages(made.entries, 'RequestPrediction').map(({ ts, input }) => [(ts + 1) / 60_000 - 1, ...input])).toEqual(seen);
    }
  });
  it('come again when a stop has closed what the first one opened', () => {
    const enter = (desk: Desk, id: InstrumentId): void =>
      void (desk.position(id) === 0 && desk.bracket({ instrument: id, side: 'buy', qty: 2 as Lots, stop: 95 as Ticks }));
    const seen: number[] = [];
    const strategy = scripted({ 0: { 0: enter, 1: enter, 3: enter } }) as Strategy<unknown>;
    // Entered at 100, stopped at 95 or worse in row 2.
    const tapes = [tapeOf([flat(100), flat(100), [99, 99, 90, 98], flat(98), flat(98)])];
    run({ tapes, strategy: entrySignals(strategy, ({ candle }) => void seen.push(candle?.row ?? -1)) });
    expect(seen).toEqual([0, 3]);
  });
});

describe('the definition of a filter', () => {
  const plain = defineStrategy({
    id: 'plain',
    params: { size: number(1, { min: 0, max: 2 }) },
    features: () => ({ mean: sma('close', 2) }),
    decide: () => {},
  });
  it('has the parameters and features of the base, and those of the model behind them', () => {
    const definition = filtered(plain, { model: 'gate' });
    expect([definition.id, Object.keys(definition.params), definition.models]).toEqual(['plain-filtered', ['size', 'threshold'], ['gate']]);
    const built = definition.build({ size: 2 }, { gate: { ...bound('side', 'roc(close,1)')['filter'] } });
    expect(built.features).toEqual([sma('close', 2), roc('close', 1)]);
    expect(built.models).toEqual([{ id: 'm-1', hash: HASH, inputs: [roc('close', 1)], outputs: [] }]);
  });
  it.each([
    [{}, undefined, 'it needs a model "filter", and none is given'],
    [{ threshold: 1.5 }, bound('side'), 'parameter threshold is 1.5; it must be a number from 0 to 1'],
    [{ size: 3 }, bound('side'), 'parameter size is 3; it must be a number from 0 to 2'],
    [{ nope: 3 }, bound('side'), 'no parameter "nope"; there is'],
  ])('refuses %o', (given, models, message) => {
    expect(() => filtered(plain).build(given, models)).toThrow(message);
  });
  it('cannot filter a strategy that has a threshold or reads models', () => {
    const own = defineStrategy({ id: 'own', params: { threshold: number(1, { min: 0, max: 2 }) }, features: () => ({}), decide: () => {} });
    expect(() => filtered(own)).toThrow('strategy own has a parameter "threshold" of its own');
    expect(() => filtered(filtered(plain))).toThrow('strategy plain-filtered');
  });
});
