import { describe, expect, it } from 'vitest';
import { CALM, order, Rig, tell } from './rig.ts';
import { NEW_YEAR, type Candle } from './market.ts';

const FILLED = ['1 accepted', '1 filled 1: 1000 at 1000 fee 5000000 done'];
const bracket = [
  order(1),
  order(2, { orderType: 'stop_market', side: 'sell', trigger: 950, reduceOnly: true, parent: 1 }),
  order(3, { orderType: 'take_profit_market', side: 'sell', trigger: 1050, reduceOnly: true, parent: 1 }),
];
const rising: readonly Candle[] = [...CALM.slice(0, 3), [100, 106, 99, 105], ...CALM.slice(0, 4)];
const WHOLE = [...FILLED, '2 accepted', '3 accepted', '3 filled 1: -1000 at 1050 fee 5250000 done', '2 canceled other_filled'];

describe('a user stream with faults', () => {
  it.each(['duplicate', 'reorder', 'delay'] as const)(
    'tells a bracket from beginning to end when every message meets: %s',
    async (kind) => {
      const rig = await Rig.start(rising, {
        venue: { pace: { kind: 'follow', patienceMs: 200 }, faults: { rates: { [kind]: 1 }, delayMs: 5 } },
      });
      await rig.next();
      for (const one of bracket) await rig.gateway.send(one);
      for (let k = 0; k < 3; k++) await rig.next();
      await rig.gateway.reconcile();
      expect(sorted(rig.story)).toEqual(sorted(WHOLE));
      expect(rig.story.filter((line) => line.startsWith('3'))).toEqual(WHOLE.filter((line) => line.startsWith('3')));
      expect(rig.problems).toEqual([]);
    },
  );

  it.each(['lose', 'drop', 'half-frame'] as const)('finds out by asking what a message would have told: %s', async (kind) => {
    const rig = await Rig.start(CALM, { venue: { pace: { kind: 'follow', patienceMs: 100 } } });
    await rig.next();
    await rig.gateway.send(order(1));
    await rig.faults({ rules: [{ kind, on: 'ORDER_TRADE_UPDATE' }] });
    await rig.next();
    if (kind !== 'lose') await rig.until(() => rig.states.at(-1) === 'up' && rig.states.length === 3);
    await rig.gateway.reconcile();
    expect(rig.story).toEqual(FILLED);
    expect(rig.states).toEqual(kind === 'lose' ? ['up'] : ['up', 'down', 'up']);
    expect(rig.problems).toEqual([]);
  });

  it('takes a new key when the old one expired, without being told anything twice', async () => {
    const rig = await Rig.start(CALM, { venue: { pace: { kind: 'follow', patienceMs: 100 } } });
    await rig.next();
    await rig.faults({ rules: [{ kind: 'listen-key-expired', on: 'ORDER_TRADE_UPDATE' }] });
    await rig.gateway.send(order(1));
    await rig.until(() => rig.states.length === 3);
    await rig.next();
    await rig.gateway.reconcile();
    expect(rig.story).toEqual(FILLED);
    expect(rig.asked('POST /fapi/v1/listenKey')).toBe(2);
  });

  it('extends its key while it lives', async () => {
    const rig = await Rig.start(CALM, { binance: { listenKeyRefreshMs: 20 } });
    await rig.next();
    // Each round of questions gives the timer its turn.
    while (rig.asked('PUT /fapi/v1/listenKey') < 3) await rig.gateway.check();
    expect(rig.asked('POST /fapi/v1/listenKey')).toBe(1);
    expect(rig.states).toEqual(['up']);
  });
});

describe('funding', () => {
  const HOUR = 3_600_000;
  const funding = { times: Float64Array.of(NEW_YEAR + HOUR + 5), ratesE8: Float64Array.of(10_000) };
  const hours: readonly Candle[] = Array.from({ length: 16 }, () => [100, 101, 99, 100] as const);

  it('is charged once for each funding time, whatever else says it again (FUND-5)', async () => {
    const rig = await Rig.over(await venueWithFunding());
    await rig.next();
    await rig.gateway.send(order(1));
    for (let k = 0; k < 14; k++) await rig.next();
    await rig.gateway.reconcile();
    // 100 USDT · 0.01 % = 0.01 USDT
    const charge = `funding -1000000 at 10000000000 rate 10000 time ${NEW_YEAR + HOUR}`;
    expect(rig.story.slice(2)).toEqual([charge]);
    await rig.binance.close();
    const again = { instrument: 0 as never, time: (NEW_YEAR + HOUR) as never };
    const known = { positions: [1000 as never], funding: [again] };
    expect((await Rig.over(rig.venue, { known })).facts).toEqual([]);
    const forgetful = await Rig.over(rig.venue, { known: { positions: known.positions } });
    expect(forgetful.facts.map(tell)).toEqual([charge]);
  });

  async function venueWithFunding() {
    const { startVenue } = await import('./rig.ts');
    return startVenue([{ symbol: 'BTCUSDT', candles: hours, funding }]);
  }
});

function sorted(lines: readonly string[]): readonly string[] {
  return lines.toSorted();
}
