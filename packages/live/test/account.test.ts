import { parseSats, type Sats } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { askSigned, CALM, order, Rig, startVenue } from './rig.ts';

const FOREIGN = {
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  quantity: '1',
  price: '95',
  timeInForce: 'GTC',
  newClientOrderId: 'web_1',
};

describe('the account at the start', () => {
  it('has its leverage and margin type set where they differ, and only there', async () => {
    const rig = await Rig.start(CALM, { gateway: { marginType: 'isolated' } });
    const config = await askSigned(rig.venue, 'GET', '/fapi/v1/symbolConfig', { symbol: 'BTCUSDT' });
    expect(config).toMatchObject([{ symbol: 'BTCUSDT', marginType: 'ISOLATED', leverage: 5 }]);
    const again = await Rig.over(rig.venue, { gateway: { marginType: 'isolated' } });
    expect([again.asked('POST /fapi/v1/leverage'), again.asked('POST /fapi/v1/marginType')]).toEqual([1, 1]);
  });

  it('holds what the run counts on, or the run does not begin', async () => {
    const venue = await startVenue([{ symbol: 'BTCUSDT', candles: CALM }]);
    const { wallet } = venue.state().ledger;
    const enough = parseSats(wallet);
    await expect(Rig.over(venue, { gateway: { leastBalance: (enough + 1) as Sats } })).rejects.toThrow(
      /^the account has \d+(\.\d+)? USDT available and the run counts on \d+\.\d*1; transfer the rest/,
    );
    const rig = await Rig.over(venue, { gateway: { leastBalance: enough } });
    expect(rig.problems).toEqual([]);
  });

  it('is looked at again when the first answers fail', async () => {
    const venue = await startVenue([{ symbol: 'BTCUSDT', candles: CALM }], {
      faults: {
        rules: ['GET /fapi/v1/accountConfig', 'GET /fapi/v1/symbolConfig', 'POST /fapi/v1/listenKey'].map((on) => ({
          kind: 'internal',
          on,
        })),
      },
    });
    const rig = await Rig.over(venue);
    expect(rig.states).toEqual(['up']);
  });
});

describe('what the session did not do', () => {
  it('is said to be foreign and never adopted: an order', async () => {
    const rig = await Rig.start();
    await rig.next();
    await askSigned(rig.venue, 'POST', '/fapi/v1/order', FOREIGN);
    await rig.until(() => rig.problems.length > 0);
    expect(rig.problems).toEqual([{ kind: 'foreign_activity', message: 'BTCUSDT: order web_1 was placed by somebody else' }]);
    expect(await rig.gateway.check()).toBe(false);
    expect(rig.facts).toEqual([]);
    await rig.gateway.reconcile();
    expect(rig.problems.at(-1)?.message).toBe('BTCUSDT: order web_1 is not known of');
  });

  it('is said to be foreign: a conditional order', async () => {
    const rig = await Rig.start();
    await rig.next();
    const { newClientOrderId: clientAlgoId, price: _price, type: _type, timeInForce: _force, ...rest } = FOREIGN;
    const stop = { ...rest, clientAlgoId, side: 'SELL', algoType: 'CONDITIONAL', type: 'STOP_MARKET', triggerPrice: '90' };
    await askSigned(rig.venue, 'POST', '/fapi/v1/algoOrder', stop);
    await rig.until(() => rig.problems.length > 0);
    expect(rig.problems).toEqual([{ kind: 'foreign_activity', message: 'BTCUSDT: order web_1 was placed by somebody else' }]);
    expect(await rig.gateway.check()).toBe(false);
  });

  it('is said to be foreign: a position', async () => {
    const rig = await Rig.start();
    await rig.next();
    await rig.gateway.send(order(1));
    await rig.next();
    await rig.binance.close();
    const second = await Rig.over(rig.venue);
    expect(second.problems).toEqual([
      { kind: 'foreign_activity', message: 'BTCUSDT: the venue holds a position of 1.000, 0.000 is known of' },
    ]);
    expect(await second.gateway.check()).toBe(false);
  });

  it('is an order of ours that was taken back by hand', async () => {
    const rig = await Rig.start();
    await rig.next();
    await rig.gateway.send(order(1, { orderType: 'limit', price: 950 }));
    await askSigned(rig.venue, 'DELETE', '/fapi/v1/order', { symbol: 'BTCUSDT', origClientOrderId: 'otest-1' });
    await rig.until(() => rig.facts.length === 2);
    expect(rig.story).toEqual(['1 accepted', '1 canceled venue']);
    expect(await rig.gateway.check()).toBe(true);
  });
});
