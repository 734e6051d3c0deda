import { describe, expect, it } from 'vitest';
import { VenueError } from '../src/index.ts';
import { cancelOf, order, Rig, SECRET, KEY, startVenue, CALM } from './rig.ts';

const PLACE = 'POST /fapi/v1/order';
const PLACE_ALGO = 'POST /fapi/v1/algoOrder';
/** A short receive window: after it, and a second, a lost request can no longer be accepted. */
const QUICK = { binance: { recvWindow: 100 } };
const limit = { orderType: 'limit', price: 950 } as const;
const stop = { orderType: 'stop_market', side: 'sell', trigger: 900 } as const;

describe('an order whose request got no usable answer', () => {
  it.each(['timeout', 'half-body'] as const)('is found under its own name after a %s, and not sent twice', async (kind) => {
    const rig = await Rig.start(CALM, QUICK);
    await rig.next();
    await rig.faults({
      rules: [
        { kind, on: PLACE },
        { kind, on: PLACE_ALGO },
      ],
    });
    await rig.gateway.send(order(1, limit));
    await rig.gateway.send(order(2, stop));
    expect(rig.story).toEqual(['1 accepted', '2 accepted']);
    expect([rig.asked(PLACE), rig.asked(PLACE_ALGO)]).toEqual([1, 1]);
    expect(rig.problems).toEqual([]);
  });

  it.each([2, 3])('is sent again only when no earlier request can work any more (unknown error, coin %i)', async (seed) => {
    const rig = await Rig.start(CALM, { ...QUICK, venue: { seed } });
    await rig.next();
    await rig.faults({ rules: [{ kind: 'unknown', on: PLACE }] });
    const started = performance.now();
    await rig.gateway.send(order(1, limit));
    const { orders, requests } = rig.venue.state();
    expect(orders).toHaveLength(1);
    expect(requests.duplicates).toBe(0);
    expect(rig.story).toEqual(['1 accepted']);
    // Where the first request did nothing, the second waited for the receive window and its margin to pass.
    if (rig.asked(PLACE) === 2) expect(performance.now() - started).toBeGreaterThanOrEqual(1100);
  });

  it.each(['unavailable', 'throttled'] as const)('is sent again at once when it certainly failed (%s)', async (kind) => {
    const rig = await Rig.start();
    await rig.next();
    await rig.faults({ rules: [{ kind, on: PLACE, times: 2 }] });
    await rig.gateway.send(order(1, limit));
    expect(rig.story).toEqual(['1 accepted']);
    expect(rig.asked(PLACE)).toBe(3);
    expect(rig.asked('GET /fapi/v1/order')).toBe(0);
  });

  it('waits as long as a rate limit asks for', async () => {
    const rig = await Rig.start();
    await rig.next();
    await rig.faults({ rules: [{ kind: 'rate-limited', on: PLACE }] });
    const started = performance.now();
    await rig.gateway.send(order(1, limit));
    expect(performance.now() - started).toBeGreaterThanOrEqual(990);
    expect(rig.story).toEqual(['1 accepted']);
  });

  it('is rejected as too late when it never got there and the session says so', async () => {
    const rig = await Rig.start(CALM, { gateway: { isTooLate: ({ orderId }) => orderId === 1 } });
    await rig.next();
    await rig.gateway.send(order(1, limit));
    await rig.gateway.send(order(2, limit));
    expect(rig.story).toEqual(['1 rejected too_late', '2 accepted']);
    expect(rig.asked(PLACE)).toBe(1);
  });

  it('is refused once for a time stamp outside the window, and sent again after a look at the clock', async () => {
    const rig = await Rig.start();
    await rig.next();
    await rig.faults({ clockSkewMs: 3_600_000 });
    await rig.gateway.send(order(1, limit));
    expect(rig.story).toEqual(['1 accepted']);
    expect(rig.venue.state().requests.refused).toEqual({ '-1021': 1 });
  });
});

describe('taking an order back', () => {
  it.each(['timeout', 'half-body', 'unavailable', 'unknown'] as const)('comes to its end after a %s', async (kind) => {
    const rig = await Rig.start(CALM, QUICK);
    await rig.next();
    await rig.gateway.send(order(1, limit));
    await rig.gateway.send(order(2, stop));
    await rig.faults({
      rules: [
        { kind, on: 'DELETE /fapi/v1/order' },
        { kind, on: 'DELETE /fapi/v1/algoOrder' },
      ],
    });
    await rig.gateway.send(cancelOf(1));
    await rig.gateway.send(cancelOf(2));
    expect(rig.story).toEqual(['1 accepted', '2 accepted', '1 canceled requested', '2 canceled requested']);
  });
});

describe('a venue that lets nobody in', () => {
  it('throws and says a problem for a region that is not served, and sends nothing again', async () => {
    const rig = await Rig.start();
    await rig.next();
    await rig.faults({ rules: [{ kind: 'blocked', on: PLACE }] });
    await expect(rig.gateway.send(order(1, limit))).rejects.toThrow(VenueError);
    expect(rig.problems).toEqual([{ kind: 'region', message: expect.stringContaining('not served to your region') }]);
    expect(rig.asked(PLACE)).toBe(1);
    expect(rig.facts).toEqual([]);
  });

  it('does not start with keys that the venue does not know', async () => {
    const venue = await startVenue([{ symbol: 'BTCUSDT', candles: CALM }]);
    const keys = { apiKey: 'x'.repeat(64), secret: SECRET };
    await expect(Rig.over(venue, { binance: { keys } })).rejects.toThrow(/-2015/);
    await expect(Rig.over(venue, { binance: { keys: { apiKey: KEY, secret: 'wrong' } } })).rejects.toThrow(/-1022/);
  });

  it('lets no order leave while TRADING_ENABLED is not "true"', async () => {
    for (const env of [{}, { TRADING_ENABLED: 'TRUE' }, { TRADING_ENABLED: '1' }]) {
      const rig = await Rig.start(CALM, { binance: { env } });
      await rig.next();
      await expect(rig.gateway.send(order(1, limit))).rejects.toThrow(/TRADING_ENABLED/);
      await expect(rig.gateway.send(order(2, stop))).rejects.toThrow(/TRADING_ENABLED/);
      expect([rig.asked(PLACE), rig.asked(PLACE_ALGO)]).toEqual([0, 0]);
    }
  });
});

describe('orders of an earlier process', () => {
  const known = (command: ReturnType<typeof order>, rest = {}) => ({
    command,
    isAccepted: false,
    fills: 0,
    filled: 0,
    mayHaveBeenSent: true,
    ...rest,
  });

  it('are adopted where they got there and sent where they did not, under the same names', async () => {
    const first = await Rig.start();
    await first.next();
    await first.gateway.send(order(1, limit));
    await first.gateway.send(order(2, stop));
    await first.binance.close();
    const commands = [order(1, limit), order(2, stop), order(3, { ...limit, price: 940 })];
    const second = await Rig.over(first.venue, { ...QUICK, known: { orders: commands.map((one) => known(one)) } });
    expect(second.story).toEqual(['1 accepted', '2 accepted', '3 accepted']);
    expect(second.venue.state().openOrders.map((one) => one['clientOrderId'])).toEqual(['otest-1', 'otest-3']);
    expect(second.venue.state().requests.duplicates).toBe(0);
    expect(second.problems).toEqual([]);
  });

  it('are told only what the journal does not hold', async () => {
    const first = await Rig.start();
    await first.next();
    await first.gateway.send(order(1));
    await first.binance.close();
    // The fill happens while nobody listens.
    await first.decided();
    const second = await Rig.over(first.venue, { ...QUICK, known: { orders: [known(order(1), { isAccepted: true })] } });
    await second.gateway.reconcile();
    expect(second.story).toEqual(['1 filled 1: 1000 at 1000 fee 5000000 done']);
    expect(second.problems).toEqual([]);
  });

  it('wakes the exits of a parent that filled meanwhile, and drops those of one that never did', async () => {
    const first = await Rig.start();
    await first.next();
    await first.gateway.send(order(1));
    await first.next();
    await first.binance.close();
    const exit = (orderId: number, parent: number) => order(orderId, { ...stop, reduceOnly: true, parent });
    const second = await Rig.over(first.venue, {
      ...QUICK,
      known: { orders: [known(exit(2, 1)), known(exit(5, 4))], positions: [1000 as never] },
    });
    expect(second.story).toEqual(['2 accepted', '5 canceled parent_gone']);
    expect(second.problems).toEqual([]);
  });
});
