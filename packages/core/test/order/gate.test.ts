import { describe, expect, it } from 'vitest';
import type { Desk, InstrumentId, Lots, OrderRequest, OrderType, Side, Ticks } from '../../src/index.ts';
import { isBehind } from '../../src/order/order-kind.ts';
import { messages, run, scripted, tapeOf, whole, type Row } from '../engine/fixture.ts';

const CANDLE: Row = [100, 105, 95, 100];
const SMALL = whole(0, { minQty: '2', maxQty: '1000', marketMaxQty: '500', minNotional: '300' });

/** `buy 10 stop 105 reduce` as a strategy asks for it; the number after `price` or `trigger` is given whatever the type. */
function request(text: string): OrderRequest {
  const words = text.split(' ');
  const after = (word: string): number | undefined => (words.includes(word) ? Number(words[words.indexOf(word) + 1]) : undefined);
  const types: Readonly<Record<string, OrderType>> = {
    market: 'market',
    limit: 'limit',
    stop: 'stop_market',
    target: 'take_profit_market',
  };
  const price = after('limit') ?? after('price');
  const trigger = after('stop') ?? after('target') ?? after('trigger');
  return {
    instrument: 0 as InstrumentId,
    side: words[0] as Side,
    qty: Number(words[1]) as Lots,
    orderType: types[words[2]!]!,
    ...(price === undefined ? {} : { price: price as Ticks }),
    ...(trigger === undefined ? {} : { trigger: trigger as Ticks }),
    ...(words.includes('reduce') ? { reduceOnly: true } : {}),
  };
}

/** What is asked at the close of the second candle, at 100, with `held` lots since its open; equity 10,000 USDT. */
function ask(held: number, maxLeverage: number, act: (desk: Desk) => void): readonly string[] {
  const made = run({
    instruments: [SMALL],
    tapes: [tapeOf([CANDLE, CANDLE])],
    maxLeverage,
    strategy: scripted({ 0: { 0: (desk, id) => desk.target(id, held as Lots), 1: act } }),
  });
  return made.entries.flatMap(({ lane, pos, message }) =>
    lane === 'out' && pos === 2 ? [message.type === 'OrderDenied' ? message.reason : message.type] : [],
  );
}

describe('gate', () => {
  it.each([
    // name, held, max leverage, request, outcome
    ['GATE-1 whole lots', 0, 10, 'buy 10 market', 'SubmitOrder'],
    ['GATE-1 part of a lot', 0, 10, 'buy 1.5 market', 'bad_quantity'],
    ['GATE-1 none', 0, 10, 'buy 0 market', 'bad_quantity'],
    ['GATE-1 fewer than none', 0, 10, 'buy -5 market', 'bad_quantity'],
    ['GATE-1 not a number', 0, 10, 'buy NaN market', 'bad_quantity'],
    ['GATE-1 without end', 0, 10, 'buy Infinity market', 'bad_quantity'],
    ['GATE-1 below the least', 10, 10, 'sell 1 market reduce', 'below_min_quantity'],
    ['GATE-1 at most', 0, 10, 'buy 1000 limit 95', 'SubmitOrder'],
    ['GATE-1 above the most', 0, 100, 'buy 1001 limit 95', 'above_max_quantity'],
    ['GATE-1 a market order has a bound of its own', 0, 100, 'buy 501 market', 'above_max_quantity'],
    ['GATE-1 so has a stop', 0, 100, 'buy 501 stop 105', 'above_max_quantity'],
    ['GATE-2 notional at the least', 0, 10, 'buy 3 market', 'SubmitOrder'],
    ['GATE-2 notional below the least', 0, 10, 'buy 2 market', 'below_min_notional'],
    ['GATE-2 at its own price', 0, 10, 'buy 3 limit 99', 'below_min_notional'],
    ['GATE-2 reduce-only is exempt', 10, 10, 'sell 2 market reduce', 'SubmitOrder'],
    ['GATE-3 up to the leverage', 0, 1, 'buy 100 market', 'SubmitOrder'],
    ['GATE-3 above the leverage', 0, 1, 'buy 101 market', 'above_max_leverage'],
    ['GATE-3 short as well', 0, 1, 'sell 101 market', 'above_max_leverage'],
    ['GATE-3 a reduction never is', 100, 1, 'sell 50 market', 'SubmitOrder'],
    ['GATE-3 a flip to the same size is none', 50, 1, 'sell 100 market', 'SubmitOrder'],
    ['GATE-4 buy stop above', 0, 10, 'buy 10 stop 101', 'SubmitOrder'],
    ['GATE-4 buy stop at the price', 0, 10, 'buy 10 stop 100', 'would_trigger'],
    ['GATE-4 sell stop below', 0, 10, 'sell 10 stop 99', 'SubmitOrder'],
    ['GATE-4 sell stop at the price', 0, 10, 'sell 10 stop 100', 'would_trigger'],
    ['GATE-4 buy target below', 0, 10, 'buy 10 target 99', 'SubmitOrder'],
    ['GATE-4 buy target above', 0, 10, 'buy 10 target 101', 'would_trigger'],
    ['GATE-4 sell target above', 0, 10, 'sell 10 target 101', 'SubmitOrder'],
    ['GATE-4 sell target below', 0, 10, 'sell 10 target 99', 'would_trigger'],
    ['GATE-5 limit without a price', 0, 10, 'buy 10 limit', 'bad_price'],
    ['GATE-5 price between ticks', 0, 10, 'buy 10 limit 99.5', 'bad_price'],
    ['GATE-5 price of nothing', 0, 10, 'buy 10 limit 0', 'bad_price'],
    ['GATE-5 stop without a trigger', 0, 10, 'buy 10 stop', 'bad_price'],
    ['GATE-5 market with a price', 0, 10, 'buy 10 market price 99', 'bad_price'],
    ['GATE-5 limit with a trigger', 0, 10, 'buy 10 limit 99 trigger 98', 'bad_price'],
    ['GATE-5 stop with a price', 0, 10, 'buy 10 stop 105 price 99', 'bad_price'],
  ])('%s', (_, held, maxLeverage, text, outcome) => {
    expect(ask(held, maxLeverage, (desk) => desk.order(request(text)))).toEqual([outcome]);
  });

  it('GATE-3: in hedge mode a long that is under way makes no room for a short', () => {
    // 10,000 USDT at 100 carry 100 lots at 1×. Of 60 long and 60 short that are asked for at one close the second is too much.
    const positionOf = (positionSide: 'long' | 'short'): Partial<OrderRequest> => ({ terms: { positionSide } });
    const made = run({
      instruments: [SMALL],
      tapes: [tapeOf([CANDLE, CANDLE])],
      maxLeverage: 1,
      hedgeMode: true,
      strategy: scripted({
        0: {
          1: (desk) => {
            desk.order({ ...request('buy 60 market'), ...positionOf('long') });
            desk.order({ ...request('sell 60 market'), ...positionOf('short') });
            desk.order({ ...request('sell 40 market'), ...positionOf('short') });
          },
        },
      }),
    });
    const said = made.entries
      .filter(({ lane }) => lane === 'out')
      .map(({ message }) => ('reason' in message ? message.reason : message.type));
    expect(said).toEqual(['SubmitOrder', 'above_max_leverage', 'SubmitOrder']);
  });
  it('GATE-3: market orders under way count, on this instrument and on others', () => {
    expect(
      ask(0, 1, (desk) => {
        desk.order(request('buy 60 market'));
        desk.order(request('buy 60 market'));
        desk.order(request('buy 40 market'));
      }),
    ).toEqual(['SubmitOrder', 'above_max_leverage', 'SubmitOrder']);
    const made = run({
      tapes: [tapeOf([CANDLE], 0), tapeOf([CANDLE], 1)],
      maxLeverage: 1,
      strategy: scripted({ 0: { 0: (desk, id) => desk.target(id, 60 as Lots) }, 1: { 0: (desk, id) => desk.target(id, 60 as Lots) } }),
    });
    expect(made.entries.filter(({ lane }) => lane === 'out').map(({ message }) => message.type)).toEqual(['SubmitOrder', 'OrderDenied']);
  });
  it('GATE-3: what a market order under way closes is free for another', () => {
    const made = run({
      tapes: [tapeOf([CANDLE, CANDLE], 0), tapeOf([CANDLE, CANDLE], 1)],
      maxLeverage: 1,
      strategy: scripted({
        0: { 0: (desk, id) => desk.target(id, 99 as Lots), 1: (desk, id) => desk.target(id, 0 as Lots) },
        1: { 1: (desk, id) => desk.target(id, 99 as Lots) },
      }),
    });
    expect(messages(made.entries, 'OrderDenied')).toEqual([]);
  });
  it('GATE-6: at most 200 open orders of a symbol', () => {
    const outcome = ask(0, 100, (desk) => {
      for (let k = 0; k < 201; k++) desk.order(request('buy 4 limit 80'));
    });
    expect(outcome.filter((word) => word === 'SubmitOrder')).toHaveLength(200);
    expect(outcome[200]).toBe('too_many_orders');
  });
  it('GATE-5: before its first candle an instrument has no price', () => {
    const made = run({
      tapes: [tapeOf([CANDLE], 0), tapeOf([CANDLE], 1, 5)],
      strategy: scripted({ 0: { 0: (desk) => desk.order({ ...request('buy 10 market'), instrument: 1 as InstrumentId }) } }),
    });
    expect(messages(made.entries, 'OrderDenied').map(({ reason }) => reason)).toEqual(['bad_price']);
  });
  it('JRN-3: a denial of a quantity that is no number can be written down', () => {
    const made = run({ tapes: [tapeOf([CANDLE])], strategy: scripted({ 0: { 0: (desk) => desk.order(request('buy NaN market')) } }) });
    expect(messages(made.entries, 'OrderDenied')).toEqual([
      { type: 'OrderDenied', ts: 59_999, instrument: 0, reason: 'bad_quantity', side: 'buy', qty: 0 },
    ]);
  });
  it('GATE-4: a trigger is behind the price when it is met by it', () => {
    expect(isBehind('stop_market', 'sell', 95, 94)).toBe(true);
    expect(isBehind('stop_market', 'sell', 95, 96)).toBe(false);
  });
});
