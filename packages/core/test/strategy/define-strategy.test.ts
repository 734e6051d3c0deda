import { describe, expect, it } from 'vitest';
import { defineStrategy, ema, int, sma, StrategyError, type Fact } from '../../src/index.ts';
import { messages, run, tapeOf, type Row } from '../engine/fixture.ts';

const ROWS: readonly Row[] = [100, 110, 120, 130, 140].map((close) => [close, close, close, close]);
const tapes = () => [tapeOf(ROWS, 0), tapeOf(ROWS.slice(1), 1, 1)];

describe('defineStrategy', () => {
  it('waits for every feature to have a value, each symbol by itself', () => {
    const seen: string[] = [];
    const strategy = defineStrategy({
      id: 'wait',
      params: { bars: int(3, { min: 1, max: 9 }) },
      features: ({ bars }) => ({ mean: sma('close', bars), quick: sma('close', 1) }),
      decide: ({ features, candle, params }) =>
        void seen.push(`${candle.instrument} ${candle.row} ${features.mean} ${features.quick} ${params.bars}`),
    });
    run({ tapes: tapes(), strategy: strategy.build({}) });
    // The mean of 100, 110, 120 is 110.
    expect(seen).toEqual(['0 2 110 120 3', '0 3 120 130 3', '1 2 120 130 3', '0 4 130 140 3', '1 3 130 140 3']);
  });
  it('does not wait when it is told so', () => {
    const seen: number[] = [];
    const strategy = defineStrategy({
      id: 'now',
      warmup: 'none',
      features: () => ({ mean: sma('close', 2) }),
      decide: ({ features }) => void seen.push(features.mean),
    });
    run({ tapes: [tapeOf(ROWS)], strategy: strategy.build({}) });
    expect(seen).toEqual([NaN, 105, 115, 125, 135]);
  });
  it('keeps a memory per symbol, and a fresh one per run', () => {
    const last: Record<number, number> = {};
    const strategy = defineStrategy({
      id: 'count',
      features: () => ({}),
      state: () => ({ candles: 0 }),
      decide: ({ state, candle }) => {
        state.candles += 1;
        last[candle.instrument] = state.candles;
      },
    }).build({});
    for (let round = 0; round < 2; round++) {
      run({ tapes: tapes(), strategy });
      expect(last).toEqual({ 0: 5, 1: 4 });
    }
  });
  it('hands facts on with the desk of their symbol', () => {
    const facts: string[] = [];
    const strategy = defineStrategy({
      id: 'facts',
      features: () => ({ mean: ema('close', 1) }),
      decide: ({ desk, candle }) => {
        if (candle.row === 0) desk.target(0.5);
      },
      onFact: ({ fact, desk }: { fact: Fact; desk: { symbol: string } }) => void facts.push(`${fact.type} ${desk.symbol}`),
    });
    run({ tapes: tapes(), strategy: strategy.build({}) });
    expect(facts).toEqual(['OrderAccepted T0USDT', 'OrderFilled T0USDT', 'OrderAccepted T1USDT', 'OrderFilled T1USDT']);
  });
  it('carries its id, description and parameters, and refuses unknown ones', () => {
    const made = defineStrategy({ id: 'a', description: 'b', features: () => ({}), decide: () => {} });
    expect(made).toMatchObject({ id: 'a', description: 'b', params: {} });
    expect(() => made.build({ x: 1 })).toThrow(/no parameter "x"/);
  });
});

describe('the desk of one symbol', () => {
  const once = (act: Parameters<typeof defineStrategy>[0]['decide']) =>
    run({
      tapes: [tapeOf(ROWS)],
      strategy: defineStrategy({
        id: 'once',
        features: () => ({}),
        decide: (input) => (input.candle.row === 0 ? act(input as never) : undefined),
      }).build({}),
    });
  it('TARGET-2: sizes limits and brackets by share at their own price, and rounds prices to the tick', () => {
    // 10,000 USDT: half of it at 90 is 55.5 lots; a quarter at the last close of 100 is 25.
    const made = once(({ desk }) => {
      desk.limit(0.5, 90.4);
      desk.bracket({ share: -0.25, stop: 120.2, target: 79.8 });
    });
    expect(messages(made.entries, 'SubmitOrder').map(({ side, qty, price, trigger }) => [side, qty, price, trigger])).toEqual([
      ['buy', 55, 90, null],
      ['sell', 25, null, null],
      ['buy', 25, null, 120],
      ['buy', 25, null, 80],
    ]);
  });
  it.each<[string, Parameters<typeof once>[0], RegExp]>([
    ['a share that is no number', ({ desk }) => desk.target(NaN), /target\(NaN\) is not a finite share/],
    ['a limit at no price', ({ desk }) => void desk.limit(1, NaN), /an order for a share of 1 at NaN/],
    ['a limit of no share', ({ desk }) => void desk.limit(NaN, 90), /an order for a share of NaN at 90/],
    ['a bracket with no stop price', ({ desk }) => void desk.bracket({ share: 1, stop: NaN }), /stop is NaN/],
  ])('HALT-2: refuses %s', (_, act, text) => {
    expect(() => once(act)).toThrow(StrategyError);
    expect(() => once(act)).toThrow(text);
  });
  it('ORD-10: close cancels what rests and goes flat', () => {
    const made = run({
      tapes: [tapeOf(ROWS)],
      strategy: defineStrategy({
        id: 'close',
        features: () => ({}),
        decide: ({ desk, candle }) => {
          if (candle.row === 0) desk.bracket({ share: 0.5, stop: 50, target: 500 });
          if (candle.row === 1) expect([desk.position, desk.isFlat]).toEqual([50, false]);
          if (candle.row === 1) desk.close();
          if (candle.row === 2) expect([desk.position, desk.isFlat]).toEqual([0, true]);
        },
      }).build({}),
    });
    expect(messages(made.entries, 'OrderCanceled').map(({ orderId, reason }) => [orderId, reason])).toEqual([
      [2, 'requested'],
      [3, 'requested'],
    ]);
    expect(made.engine.orders.of(0 as never)).toEqual([]);
  });
});
