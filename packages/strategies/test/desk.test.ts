import { defineStrategy, type Bracket, type InstrumentDesk } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { denialsOf, replay, type Candle } from './replay.ts';

const flat = (price: number, volume = 1): Candle => [price, price, price, price, volume];

/** A strategy that does one thing at each candle it is told to. */
function scripted(script: Readonly<Record<number, (desk: InstrumentDesk) => void>>): ReturnType<typeof defineStrategy> {
  return defineStrategy({
    id: 'scripted',
    features: () => ({}),
    state: () => ({ row: 0 }),
    decide({ desk, state }) {
      script[state.row]?.(desk);
      state.row += 1;
    },
  });
}

describe('close', () => {
  it('may be asked for at each candle: an exit that waits for a trade is not taken back', () => {
    const close = (desk: InstrumentDesk): void => desk.close();
    const strategy = scripted({ 0: (desk) => desk.target(1), 2: close, 3: close });
    const run = replay(strategy, {}, [flat(100), flat(100), flat(100), flat(100, 0), flat(90)]);
    expect(run.fills).toEqual(['1 buy market 100000@100', '4 sell market 100000@90']);
    expect(run.messages.filter(({ type }) => type === 'CancelOrder')).toEqual([]);
  });
  it('closes an entry that waits for a trade as soon as it fills, as a market order cannot be called back', () => {
    const strategy = scripted({ 0: (desk) => void desk.bracket({ share: 1, stop: 90 }), 1: (desk) => desk.close() });
    const run = replay(strategy, {}, [flat(100), flat(100, 0), flat(100), flat(80)]);
    expect(run.fills).toEqual(['2 buy market 100000@100', '2 sell market 100000@100']);
    expect(run.engine.orders.of(0 as never)).toEqual([]);
  });
});

describe('a bracket is sent whole or not at all', () => {
  const cases: readonly (readonly [string, Bracket, string])[] = [
    ['a stop that rounds to a price of 0', { share: 1, stop: 0.4 }, 'bad_price'],
    ['a stop below 0', { share: 1, stop: -20 }, 'bad_price'],
    ['a target below 0', { share: -1, target: -5 }, 'bad_price'],
    ['a stop that the price has passed', { share: 1, stop: 100 }, 'would_trigger'],
    // As a limit order the entry would be let through; its stop is a market order, whose largest size is smaller.
    ['a stop too large for a market order', { share: 1, price: 99, stop: 90 }, 'above_max_quantity'],
  ];
  it.each(cases)('%s', (_, bracket, reason) => {
    const run = replay(scripted({ 0: (desk) => void desk.bracket(bracket) }), {}, [flat(100), flat(98)], {
      marketMaxLots: 100_500 as never,
    });
    expect(denialsOf(run)).toEqual([`0 ${reason}`]);
    expect(run.messages.map(({ type }) => type)).toEqual(['OrderDenied']);
  });
});
