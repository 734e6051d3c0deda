import { describe, expect, it } from 'vitest';
import { answer, PLACE, setUp, trade, update, type Setup } from './answering-rig.ts';
import { order, tell } from './rig.ts';
import { NEW_YEAR } from './market.ts';

const AMEND = 'PUT /fapi/v1/order';
const QUERY = 'GET /fapi/v1/order';
/** 1.000 at 90.0 becomes 2.000 at 91.0. */
const wish = { type: 'AmendOrder', ts: NEW_YEAR, instrument: 0, orderId: 1, qty: 2000, price: 910 } as never;
const before = { type: 'LIMIT', origQty: '1.000', price: '90.00' };
const after = { type: 'LIMIT', origQty: '2.000', price: '91.00' };
const amendment = (fields: Record<string, unknown>, E: number): Record<string, unknown> =>
  update({ o: 'LIMIT', x: 'AMENDMENT', q: '2.000', p: '91.00', ...fields }, E);

/** A resting limit order. */
async function resting(fields: Record<string, unknown> = {}): Promise<Setup> {
  const setup = await setUp(({ answers }) => {
    answers[PLACE] = answer(before);
    answers[QUERY] = answer(before);
  });
  await setup.gateway.send(order(1, { orderType: 'limit', price: 900, ...fields }));
  return setup;
}
const count = ({ venue }: Setup, name: string): number => venue.asked.filter((one) => one === name).length;

describe('an amendment (BINANCE USDⓈ-M, PUT order)', () => {
  it('is asked for by the order’s own name, and told once, whoever says it again', async () => {
    const setup = await resting();
    const sent: Record<string, string>[] = [];
    setup.venue.answers[AMEND] = (params) => {
      sent.push(Object.fromEntries(params));
      return answer(after)();
    };
    await setup.gateway.send(wish);
    const last = setup.handled(NEW_YEAR + 2);
    setup.venue.push(amendment({}, NEW_YEAR + 1));
    setup.venue.push(amendment({}, NEW_YEAR + 2));
    await last;
    expect(sent).toMatchObject([{ symbol: 'BTCUSDT', side: 'BUY', quantity: '2.000', price: '91.0', origClientOrderId: 'otest-1' }]);
    expect(setup.facts.map(tell)).toEqual(['1 accepted', '1 amended to 2000 at 910']);
    expect(setup.problems).toEqual([]);
  });

  it('is told by its event where that comes before the answer', async () => {
    const setup = await resting();
    setup.venue.answers[AMEND] = () => {
      setup.venue.push(amendment({}, NEW_YEAR + 1));
      return answer(after)();
    };
    const last = setup.handled(NEW_YEAR + 1);
    await setup.gateway.send(wish);
    await last;
    expect(setup.facts.map(tell)).toEqual(['1 accepted', '1 amended to 2000 at 910']);
  });

  it('lets the order fill to its new quantity and no further', async () => {
    const setup = await resting();
    setup.venue.answers[AMEND] = answer(after);
    await setup.gateway.send(wish);
    const last = setup.handled(NEW_YEAR + 2);
    const fill = { o: 'LIMIT', q: '2.000', p: '91.00', x: 'TRADE', L: '91.00', N: 'USDT', n: '0.01', m: true };
    setup.venue.push(update({ ...fill, X: 'PARTIALLY_FILLED', l: '1.5', z: '1.5', t: 1 }, NEW_YEAR + 1));
    setup.venue.push(update({ ...fill, X: 'FILLED', l: '0.5', z: '2', t: 2 }, NEW_YEAR + 2));
    await last;
    expect(setup.facts.map(tell).slice(2)).toEqual([
      '1 filled 1: 1500 at 910 fee 1000000 maker',
      '1 filled 2: 500 at 910 fee 1000000 maker done',
    ]);
  });

  it.each([
    [-5024, 'venue'],
    [-5025, 'not_a_limit_order'],
    [-5026, 'venue'],
    [-5027, 'unchanged'],
    [-5029, 'filter'],
    [-1111, 'filter'],
    [-4014, 'filter'],
    [-4016, 'price_band'],
    [-4024, 'price_band'],
    [-2019, 'insufficient_margin'],
  ])('that is refused leaves the order as it was: %i is %s', async (code, reason) => {
    const setup = await resting();
    setup.venue.answers[AMEND] = () => ({ status: 400, body: { code, msg: 'no' } });
    await setup.gateway.send(wish);
    expect(setup.facts.map(tell)).toEqual(['1 accepted', `1 not amended: ${reason}`]);
    expect(setup.problems).toEqual([]);
  });

  it.each([
    ['canceled', 'CANCELED'],
    ['expired, being post-only', 'EXPIRED'],
  ])('that ends the order instead is said so (FILL-19): %s', async (_, status) => {
    const setup = await resting({ timeInForce: 'gtx' });
    setup.venue.answers[AMEND] = answer({ ...after, status });
    await setup.gateway.send(wish);
    expect(setup.facts.map(tell)).toEqual(['1 accepted', '1 canceled amended_away']);
  });

  it('of an order that has filled meanwhile is answered by the fill', async () => {
    const setup = await resting();
    setup.venue.answers[AMEND] = () => ({ status: 400, body: { code: -2013, msg: 'Order does not exist.' } });
    setup.venue.answers[QUERY] = answer({ ...before, status: 'FILLED', executedQty: '1.000' });
    setup.venue.answers['GET /fapi/v1/userTrades'] = () => ({ body: [trade(9, '1', '90.0')] });
    await setup.gateway.send(wish);
    expect(setup.facts.map(tell)).toEqual(['1 accepted', '1 filled 1: 1000 at 900 fee 1000000 done']);
  });

  it('of what is no limit order is not sent', async () => {
    const setup = await setUp(({ answers }) => {
      answers['POST /fapi/v1/algoOrder'] = () => ({
        body: { algoId: 7, clientAlgoId: 'otest-1', symbol: 'BTCUSDT', algoStatus: 'NEW', updateTime: NEW_YEAR },
      });
    });
    await setup.gateway.send(order(1, { orderType: 'stop', side: 'sell', trigger: 950, price: 945 }));
    await setup.gateway.send(wish);
    expect(setup.facts.map(tell)).toEqual(['1 accepted', '1 not amended: not_a_limit_order']);
  });

  it('of a child that sleeps is made here', async () => {
    const setup = await resting();
    await setup.gateway.send(order(2, { orderType: 'limit', side: 'sell', price: 1100, parent: 1 }));
    await setup.gateway.send({ ...(wish as object), orderId: 2, price: 1200 } as never);
    expect(setup.facts.map(tell)).toEqual(['1 accepted', '2 amended to 2000 at 1200']);
    expect(count(setup, AMEND)).toBe(0);
  });
});

describe('an amendment whose answer is lost', () => {
  const lost = { status: 503, body: 'Unknown error, please check your request or try again later.' };
  it('is asked about, and told where it worked', async () => {
    const setup = await resting();
    setup.venue.answers[AMEND] = () => lost;
    setup.venue.answers[QUERY] = answer(after);
    await setup.gateway.send(wish);
    expect(setup.facts.map(tell)).toEqual(['1 accepted', '1 amended to 2000 at 910']);
    expect(count(setup, AMEND)).toBe(1);
  });
  it('is sent again only when it can no longer work', async () => {
    const setup = await resting();
    const times: number[] = [];
    setup.venue.answers[AMEND] = () => {
      times.push(performance.now());
      return times.length === 1 ? lost : answer(after)();
    };
    await setup.gateway.send(wish);
    expect(setup.facts.map(tell)).toEqual(['1 accepted', '1 amended to 2000 at 910']);
    // The receive window of 100 ms and a second for the clocks.
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(1100);
    expect(count(setup, QUERY)).toBeGreaterThanOrEqual(2);
  });
  it('has worked where a second request is refused as unchanged', async () => {
    const setup = await resting();
    setup.venue.answers[AMEND] = () => ({ status: 400, body: { code: -5027, msg: 'No need to modify the order.' } });
    setup.venue.answers[QUERY] = answer(after);
    await setup.gateway.send(wish);
    expect(setup.facts.map(tell)).toEqual(['1 accepted', '1 amended to 2000 at 910']);
  });
});

describe('an order changed by another hand', () => {
  it('is said and followed', async () => {
    const setup = await resting();
    const last = setup.handled(NEW_YEAR + 1);
    setup.venue.push(amendment({}, NEW_YEAR + 1));
    await last;
    expect(setup.facts.map(tell)).toEqual(['1 accepted', '1 amended to 2000 at 910']);
    expect(setup.problems).toEqual([{ kind: 'foreign_activity', message: 'BTCUSDT: order otest-1 was changed by somebody else' }]);
  });
});
