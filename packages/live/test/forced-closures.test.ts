import type { EpochMs, Lots, Ticks } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import type { GatewayOptions, KnownAccount } from '../src/index.ts';
import { forcedCause } from '../src/gateway/forced-closures.ts';
import { answer, PLACE, setUp, trade, update, type Setup } from './answering-rig.ts';
import { order, tell } from './rig.ts';
import { NEW_YEAR } from './market.ts';

const LONG = { positions: [100 as Lots] } satisfies Partial<KnownAccount>;
const position = (positionAmt: string) => () => ({
  body: Number(positionAmt) === 0 ? [] : [{ symbol: 'BTCUSDT', positionSide: 'BOTH', positionAmt }],
});
/** The shape of the recorded liquidation of 0.100 BTC at 50000 with a fee of 5 USDT. */
const closure = (fields: Record<string, unknown> = {}, E = NEW_YEAR + 1): Record<string, unknown> =>
  update(
    {
      c: 'autoclose-1234567890123456',
      S: 'SELL',
      q: '0.100',
      x: 'CALCULATED',
      X: 'FILLED',
      i: 9876543210,
      l: '0.100',
      z: '0.100',
      L: '50000.00',
      N: 'USDT',
      n: '5.00000000',
      t: 1122334455,
      ...fields,
    },
    E,
  );
const STORY = 'margin: both -100 at 500000 mark 5000000000000 fee 500000000 absorbed 0';
const FORCED_TRADE = { ...trade(1122334455, '0.100', '50000.0', '5'), orderId: 9876543210, side: 'SELL', time: NEW_YEAR + 1 };
const FORCE_ORDER = { orderId: 9876543210, symbol: 'BTCUSDT', status: 'FILLED', clientOrderId: 'autoclose-1', updateTime: NEW_YEAR + 1 };

async function holding(options: Partial<GatewayOptions> = {}, known: Partial<KnownAccount> = {}): Promise<Setup> {
  return setUp(
    ({ answers }) => {
      answers['GET /fapi/v3/positionRisk'] = position('0.100');
      answers[PLACE] = answer({ type: 'LIMIT' });
    },
    options,
    { ...LONG, ...known },
  );
}

describe('what the venue closes by itself', () => {
  it.each([
    ['autoclose-1234567890123456', 'margin'],
    ['adl_autoclose', 'adl'],
    ['adl_autoclose-123', 'adl'],
    ['settlement_autoclose-1111222233334444', 'delisting'],
    ['delivery_autoclose-12345', 'delisting'],
    ['web_1', null],
  ])('is known by its name: %s is %s (recorded names)', (name, cause) => {
    expect(forcedCause(name)).toBe(cause);
  });

  it('takes a fee that is received for what the insurance fund took over', async () => {
    const { venue, facts, handled } = await holding();
    const last = handled(NEW_YEAR + 1);
    venue.push(closure({ n: '-2.50000000' }));
    await last;
    expect(facts.map(tell)).toEqual(['margin: both -100 at 500000 mark 5000000000000 fee 0 absorbed 250000000']);
  });

  it('is booked once for each trade, however often it is told', async () => {
    const { venue, gateway, facts, problems, handled } = await holding();
    const last = handled(NEW_YEAR + 3);
    venue.push(closure());
    venue.push(closure({}, NEW_YEAR + 2));
    venue.push(closure({ x: 'TRADE' }, NEW_YEAR + 3));
    await last;
    expect(facts.map(tell)).toEqual([STORY]);
    venue.answers['GET /fapi/v3/positionRisk'] = position('0');
    expect(await gateway.check()).toBe(true);
    await gateway.reconcile();
    expect(facts.map(tell)).toEqual([STORY]);
    expect(problems).toEqual([
      { kind: 'liquidation', message: 'BTCUSDT: the venue closes the position by force (autoclose-1234567890123456)' },
    ]);
  });

  it('comes in parts', async () => {
    const { venue, facts, handled } = await holding();
    const last = handled(NEW_YEAR + 2);
    venue.push(closure({ X: 'PARTIALLY_FILLED', l: '0.040', z: '0.040', n: '2', t: 1 }));
    venue.push(closure({ l: '0.060', z: '0.100', n: '3', t: 2 }, NEW_YEAR + 2));
    await last;
    expect(facts.map(tell)).toEqual([
      'margin: both -40 at 500000 mark 5000000000000 fee 200000000 absorbed 0',
      'margin: both -60 at 500000 mark 5000000000000 fee 300000000 absorbed 0',
    ]);
  });

  it('is deleveraging or settlement by its name, and says nothing while nothing is traded', async () => {
    const { venue, facts, handled } = await setUp(
      ({ answers }) => {
        answers['GET /fapi/v1/accountConfig'] = () => ({ body: { dualSidePosition: true } });
        answers['GET /fapi/v3/positionRisk'] = () => ({ body: [{ symbol: 'BTCUSDT', positionSide: 'SHORT', positionAmt: '-2.000' }] });
      },
      { hedgeMode: true },
      { positions: [0 as Lots, -2000 as Lots] },
    );
    const last = handled(NEW_YEAR + 3);
    venue.push(closure({ c: 'adl_autoclose', S: 'BUY', ps: 'SHORT', X: 'NEW_ADL', l: '1.000', z: '1.000', L: '2500.00', n: '2.5', t: 1 }));
    venue.push(closure({ c: 'autoclose-pending-0000', X: 'NEW', i: 7, l: '0', z: '0', L: '0', t: 0, N: null, n: null }, NEW_YEAR + 2));
    // An average need not lie on a tick: 2500.04 is 25000 of them.
    const settled = {
      c: 'settlement_autoclose-9',
      S: 'BUY',
      ps: 'SHORT',
      x: 'TRADE',
      i: 8,
      l: '1.000',
      z: '1.000',
      L: '2500.04',
      n: '0',
      t: 2,
    };
    venue.push(closure(settled, NEW_YEAR + 3));
    await last;
    expect(facts.map(tell)).toEqual([
      'adl: short 1000 at 25000 mark 250000000000 fee 250000000 absorbed 0',
      'delisting: short 1000 at 25000 mark 250000000000 fee 0 absorbed 0',
    ]);
  });

  it('is valued at the mark price that a margin call has just told', async () => {
    const { venue, facts, handled } = await holding();
    const last = handled(NEW_YEAR + 1);
    venue.push({ e: 'MARGIN_CALL', E: NEW_YEAR, cw: '3.16', p: [{ s: 'BTCUSDT', ps: 'BOTH', pa: '0.1', mp: '50012.34567' }] });
    venue.push(closure());
    await last;
    expect(facts.map(tell)).toEqual([STORY.replace('mark 5000000000000', 'mark 5001234567000')]);
  });
});

describe('orders that go with it', () => {
  it.each([
    ['in a cross account', 'crossed', { x: 'CANCELED', X: 'CANCELED' }],
    ['told by their own event', 'isolated', { x: 'EXPIRED', X: 'EXPIRED', er: '5' }],
  ] as const)('end as liquidated %s (LIQ-4)', async (_, marginType, end) => {
    const { venue, gateway, facts, handled } = await setUp(
      ({ answers }) => {
        answers['GET /fapi/v3/positionRisk'] = position('0.100');
        answers['GET /fapi/v1/symbolConfig'] = () => ({
          body: [{ symbol: 'BTCUSDT', marginType: marginType === 'isolated' ? 'ISOLATED' : 'CROSSED', leverage: 5 }],
        });
        answers[PLACE] = answer({ type: 'LIMIT' });
      },
      { marginType },
      LONG,
    );
    await gateway.send(order(1, { orderType: 'limit', price: 900 }));
    const last = handled(NEW_YEAR + 2);
    venue.push(closure());
    venue.push(update({ o: 'LIMIT', p: '90.00', ...end }, NEW_YEAR + 2));
    await last;
    expect(facts.map(tell)).toEqual(['1 accepted', STORY, '1 canceled liquidation']);
  });
});

describe('a closure that happened while nobody listened', () => {
  function missed({ venue }: Setup): void {
    venue.answers['GET /fapi/v3/positionRisk'] = position('0');
    venue.answers['GET /fapi/v1/forceOrders'] = () => ({ body: [FORCE_ORDER] });
    venue.answers['GET /fapi/v1/userTrades'] = () => ({ body: [FORCED_TRADE] });
  }
  it('is found by its order and its trades, before the orders that went with it', async () => {
    const setup = await holding();
    await setup.gateway.send(order(1, { orderType: 'limit', price: 900 }));
    missed(setup);
    setup.venue.answers['GET /fapi/v1/order'] = answer({ type: 'LIMIT', status: 'CANCELED' });
    await setup.gateway.reconcile();
    await setup.gateway.reconcile();
    expect(setup.facts.map(tell)).toEqual(['1 accepted', STORY, '1 canceled liquidation']);
    expect(setup.problems.map(({ kind }) => kind)).toEqual(['liquidation']);
    // Late, the stream says it too.
    const last = setup.handled(NEW_YEAR + 1);
    setup.venue.push(closure());
    await last;
    expect(setup.facts).toHaveLength(3);
  });
  it('is found by a look before a decision, and is nobody else’s trade', async () => {
    const setup = await holding();
    missed(setup);
    expect(await setup.gateway.check()).toBe(true);
    expect(setup.facts.map(tell)).toEqual([STORY]);
    expect(setup.problems.map(({ kind }) => kind)).toEqual(['liquidation']);
  });
  it('is found by the name of its order where no list of forced orders has it', async () => {
    const setup = await holding();
    missed(setup);
    setup.venue.answers['GET /fapi/v1/forceOrders'] = () => ({ body: [] });
    setup.venue.answers['GET /fapi/v1/order'] = answer({ orderId: 9876543210, clientOrderId: 'settlement_autoclose-1' });
    expect(await setup.gateway.check()).toBe(true);
    expect(setup.facts.map(tell)).toEqual([STORY.replace('margin', 'delisting')]);
  });
  it('leaves a position that somebody else closed to be said', async () => {
    const setup = await holding();
    missed(setup);
    setup.venue.answers['GET /fapi/v1/forceOrders'] = () => ({ body: [] });
    setup.venue.answers['GET /fapi/v1/order'] = answer({ orderId: 9876543210, clientOrderId: 'web_1' });
    await setup.gateway.reconcile();
    expect(setup.facts).toEqual([]);
    expect(setup.problems).toEqual([
      { kind: 'foreign_activity', message: 'BTCUSDT: the venue holds a position of 0.000, 0.100 is known of' },
    ]);
  });
  it('that the journal holds is not booked again after a restart', async () => {
    const { facts, venue } = await setUp(
      ({ answers }) => {
        // Two alike, of which the first process heard of one.
        answers['GET /fapi/v3/positionRisk'] = position('0');
        answers['GET /fapi/v1/forceOrders'] = () => ({ body: [FORCE_ORDER] });
        answers['GET /fapi/v1/userTrades'] = () => ({ body: [FORCED_TRADE, { ...FORCED_TRADE, id: 1122334456 }] });
      },
      {},
      {
        positions: [100 as Lots],
        heard: (NEW_YEAR + 1) as EpochMs,
        liquidations: [
          { instrument: 0 as never, time: (NEW_YEAR + 1) as EpochMs, positionSide: 'both', qty: -100 as Lots, price: 500_000 as Ticks },
        ],
      },
    );
    expect(facts.map(tell)).toEqual([STORY]);
    expect(venue.asked).toContain('GET /fapi/v1/forceOrders');
  });
});
