import fc from 'fast-check';
import type { Desk, FillPath, FundingSeries, InstrumentId, Lots, Strategy, Tape, Ticks } from '../../src/index.ts';
import { ema, toTicks } from '../../src/index.ts';
import { fundingOf, tapeOf, whole, type Row, type Setup } from '../engine/fixture.ts';

/** A candle relative to the close before it, in ticks: small numbers, so that a failing market can be read. */
const candle = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      gap: fc.integer({ min: -3, max: 3 }),
      up: fc.nat(6),
      down: fc.nat(6),
      body: fc.nat(12),
      volume: fc.constant(1),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      gap: fc.integer({ min: -25, max: 25 }),
      up: fc.nat(30),
      down: fc.nat(30),
      body: fc.nat(60),
      volume: fc.constant(1),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ gap: 0, up: 0, down: 0, body: 0, volume: 1 }) },
  { weight: 1, arbitrary: fc.constant({ gap: 0, up: 0, down: 0, body: 0, volume: 0 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
interface Shape {
  readonly gap: number;
  readonly up: number;
  readonly down: number;
  readonly body: number;
  readonly volume: number;
}

function rowsOf(shapes: readonly (Shape | null)[]): readonly (Row | null)[] {
  let last = 100;
  return shapes.map((shape) => {
    if (shape === null) return null;
    const open = Math.max(10, last + shape.gap);
    const high = open + shape.up;
    const low = Math.max(5, open - shape.down);
    last = low + (high > low ? shape.body % (high - low + 1) : 0);
    return [open, high, low, last, shape.volume];
  });
}

/** What a strategy does at a row: numbers that mean something different for each kind. */
export interface Action {
  readonly row: number;
  readonly instrument: number;
  readonly kind: 'target' | 'share' | 'limit' | 'stop' | 'bracket' | 'reduce' | 'cancel' | 'timer' | 'flat';
  readonly size: number;
  readonly offset: number;
}
const action: fc.Arbitrary<Action> = fc.record({
  row: fc.nat(9),
  instrument: fc.constantFrom(0, 0, 1, 2),
  kind: fc.constantFrom('target', 'share', 'limit', 'stop', 'bracket', 'bracket', 'reduce', 'cancel', 'cancel', 'timer', 'flat'),
  size: fc.integer({ min: -25, max: 25 }).filter((size) => size !== 0),
  offset: fc.integer({ min: -8, max: 8 }),
});

/** A whole run as plain data. */
export interface Scenario {
  readonly markets: readonly { readonly start: number; readonly shapes: readonly (Shape | null)[] }[];
  readonly actions: readonly Action[];
  readonly funding: readonly (readonly [minute: number, rate: number])[];
  readonly fills: FillPath;
  readonly slippage: number;
  readonly reacts: boolean;
  /** USDT */
  readonly equity: number;
}
export const scenario: fc.Arbitrary<Scenario> = fc.record({
  markets: fc.array(fc.record({ start: fc.nat(3), shapes: fc.array(candle, { minLength: 1, maxLength: 14, size: 'max' }) }), {
    minLength: 1,
    maxLength: 3,
  }),
  actions: fc.array(action, { minLength: 2, maxLength: 14, size: 'max' }),
  funding: fc
    .uniqueArray(fc.tuple(fc.nat(15), fc.integer({ min: -300_000, max: 300_000 })), { maxLength: 4, selector: ([minute]) => minute })
    .map((rows) => rows.toSorted((a, b) => a[0] - b[0])),
  fills: fc.constantFrom('pessimistic', 'heuristic', 'optimistic'),
  slippage: fc.constantFrom(0, 200_000, 3_000_000),
  reacts: fc.boolean(),
  equity: fc.constantFrom(10_000, 10_000, 200),
});

/** Does the scripted actions; where it reacts, a fill is followed by a small limit order, so that facts cause commands too. */
export function strategyOf(actions: readonly Action[], reacts: boolean): Strategy<{ mean: number }> {
  return {
    id: 'scenario',
    scope: 'instrument',
    features: [ema('close', 2)],
    models: [],
    initialState: () => ({ mean: 0 }),
    decide(state, candle, desk) {
      const id = candle.instrument;
      state.mean = candle.feature(0);
      for (const wish of actions) if (wish.row === candle.row && wish.instrument === id) act(wish, desk, id);
      // A decision that depends on a feature: what is not there yet must not be seen.
      if (candle.close() > state.mean + 4) desk.target(id, 0 as Lots);
    },
    ...(reacts
      ? {
          onFact(_, fact, desk) {
            if (fact.type !== 'OrderFilled' || fact.orderId % 3 !== 0) return;
            desk.order({ instrument: fact.instrument, side: 'sell', orderType: 'limit', qty: 1 as Lots, price: (fact.price + 2) as Ticks });
          },
        }
      : {}),
  };
}

function act(wish: Action, desk: Desk, id: InstrumentId): void {
  const { size, offset } = wish;
  const last = toTicks(desk.instrument(id), desk.lastPrice(id));
  const side = size > 0 ? 'buy' : 'sell';
  const sign = size > 0 ? 1 : -1;
  const base = { instrument: id, side, qty: Math.abs(size) as Lots } as const;
  switch (wish.kind) {
    case 'target':
      return desk.target(id, size as Lots);
    case 'share':
      return desk.targetShare(id, size / 24);
    case 'flat':
      return desk.targetShare(id, 0);
    case 'cancel':
      return desk.cancelAll(id);
    case 'limit':
      desk.order({
        ...base,
        orderType: 'limit',
        price: (last + offset) as Ticks,
        timeInForce: (['gtc', 'ioc', 'gtx'] as const)[Math.abs(size) % 3]!,
      });
      return;
    case 'stop':
      desk.order({ ...base, orderType: offset > 0 ? 'stop_market' : 'take_profit_market', trigger: (last + sign * offset) as Ticks });
      return;
    case 'reduce':
      desk.order({ ...base, orderType: 'market', reduceOnly: true });
      return;
    case 'timer':
      desk.timer(id, ((Math.abs(offset) + wish.row) * 60_000) as never);
      return;
    case 'bracket':
      desk.bracket({
        ...base,
        ...(offset < 0 ? { price: (last + sign * offset) as Ticks } : {}),
        stop: (last - sign * (9 + Math.abs(offset))) as Ticks,
        target: (last + sign * (2 + Math.abs(offset))) as Ticks,
      });
  }
}

export function tapesOf(given: Scenario): readonly Tape[] {
  return given.markets.map(({ start, shapes }, id) => tapeOf(rowsOf(shapes), id, start));
}

/** What an engine needs for a scenario. */
export function setupOf(
  given: Scenario,
  tapes: readonly Tape[] = tapesOf(given),
): Setup<{ mean: number }> & { readonly funding: readonly FundingSeries[] } {
  return {
    tapes,
    instruments: tapes.map((_, id) => whole(id)),
    strategy: strategyOf(given.actions, given.reacts),
    funding: tapes.map(() => fundingOf(...given.funding)),
    fills: given.fills,
    slippage: given.slippage,
    equity: given.equity * 100_000_000,
  };
}
