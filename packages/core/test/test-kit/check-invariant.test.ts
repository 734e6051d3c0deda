import { describe, expect, it } from 'vitest';
import { checkInvariant, defineStrategy, runOn, type Invariant, type RunSoFar } from '../../src/index.ts';
import { standing } from './hand-made.ts';
import * as planted from './planted.ts';

/** All long at the first candle, flat at the fourth. */
const inAndOut = defineStrategy({
  id: 'in-and-out',
  features: () => ({}),
  state: () => ({ n: 0 }),
  decide({ desk, state }) {
    state.n += 1;
    if (state.n === 1) desk.target(1);
    if (state.n === 4) desk.target(0);
  },
});
const messageOf = (act: () => void): string => {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
};

describe('a run as an invariant sees it', () => {
  it('counts frames, values positions at the last close, and lists what was sent', () => {
    const seen: (readonly unknown[])[] = [];
    const look = (run: RunSoFar): void => {
      const [{ lots, price, value, openOrders }] = run.symbols;
      seen.push([run.frame, run.equity, lots, price, value, openOrders, run.leverage, run.positions.length, run.orders.length]);
    };
    // 10,000 / 100 = 100 coins = 100,000 lots at the open of the second candle; a rise to 110 is worth 1,000.
    runOn(inAndOut, standing(100, 100, 110, 110, 110), { look });
    expect(seen).toEqual([
      [1, 10_000, 0, 100, 0, 1, 0, 0, 1],
      [2, 10_000, 100_000, 100, 10_000, 0, 1, 1, 1],
      [3, 11_000, 100_000, 110, 11_000, 0, 1, 1, 1],
      [4, 11_000, 100_000, 110, 11_000, 1, 1, 1, 2],
      [5, 11_000, 0, 110, 0, 0, 0, 0, 2],
      [5, 11_000, 0, 110, 0, 0, 0, 0, 2],
    ]);
  });
  it('is what runOn gives back at the end', () => {
    const run = runOn(inAndOut, standing(100, 100, 110, 110, 110));
    expect([run.frame, run.equity, run.error]).toEqual([5, 11_000, null]);
    expect(run.orders.map(({ symbol, frame, order }) => `${symbol} ${frame} ${order.side} ${order.qty}`)).toEqual([
      'HANDUSDT 1 buy 100000',
      'HANDUSDT 4 sell 100000',
    ]);
  });
});

describe('checkInvariant', () => {
  const flat: Invariant = { name: 'never a position', holds: ({ positions }) => positions.length === 0 };

  it('LAW-4: shows the fewest candles with round prices, what the strategy did, and where it broke', () => {
    expect(messageOf(() => checkInvariant(inAndOut, flat))).toBe(
      [
        'strategy in-and-out breaks the invariant "never a position"',
        '  what happened: it does not hold',
        '  smallest market found (seed 1):',
        '    close time, ms   symbol    open    high     low   close  volume  position  candle  what happened',
        '     1699833899999  AAAUSDT  4000.0  4000.0  4000.0  4000.0       1            flat    sends #1 buy 2.500',
        '     1699834199999  AAAUSDT  4000.0  4000.0  4000.0  4000.0       1     2.500  flat    #1 bought 2.500 at 4000.0 << broken here',
      ].join('\n'),
    );
  });
  it('tells what the invariant says is wrong', () => {
    const holds = ({ positions }: RunSoFar): boolean | string => positions.length === 0 || `${positions[0].symbol} is held`;
    expect(messageOf(() => checkInvariant(inAndOut, { name: 'flat', holds }))).toContain('what happened: AAAUSDT is held');
  });
  it('LAW-4: takes an error for a break', () => {
    const always: Invariant = { name: 'anything', holds: () => true };
    expect(messageOf(() => checkInvariant(planted.throwsOnIdleCandles, always))).toMatch(/breaks the invariant "anything"\n.*no volume/);
  });
  it('passes what holds', () => {
    expect(messageOf(() => checkInvariant(inAndOut, { name: 'one symbol at a time', holds: ({ leverage }) => leverage < 3 }))).toBe(
      'nothing was thrown',
    );
  });
  it('tries odd reports where asked, and names the few that matter', () => {
    const whole: Invariant = {
      name: 'a fill is whole',
      holds: ({ entries }) => entries.every(({ message }) => message.type !== 'OrderFilled' || message.isDone),
    };
    expect(messageOf(() => checkInvariant(inAndOut, whole, { markets: 20 }))).toBe('nothing was thrown');
    const text = messageOf(() => checkInvariant(inAndOut, whole, { markets: 20, oddFacts: true }));
    expect(text).toMatch(/ {2}where: report \d+ comes in two parts, the second first( and twice)?\n/);
    // In lots of 0.001: 2.500 were bought, and are sold in halves, one of which is reported twice.
    expect(text).toMatch(
      / 0\.000  flat    #2 sold 1\.250 at 4000\.0; #2 sold 1\.250 at 4000\.0 \(changes nothing\); #2 sold 1\.250 at 4000\.0 /,
    );
  });
  it('tries failing models where asked, and names the few that matter', () => {
    const answered: Invariant = {
      name: 'every request is answered',
      holds: ({ entries }) => entries.every(({ message }) => message.type !== 'PredictionFailed'),
    };
    expect(messageOf(() => checkInvariant(planted.asksAModel, answered))).toBe('nothing was thrown');
    expect(messageOf(() => checkInvariant(planted.asksAModel, answered, { modelFaults: true }))).toMatch(/ {2}where: request \d+ fails\n/);
  });
  it('says the same every time', () => {
    expect(messageOf(() => checkInvariant(inAndOut, flat, { seed: 9 }))).toBe(messageOf(() => checkInvariant(inAndOut, flat, { seed: 9 })));
  });
});
