import type { Lots, OrderTerms } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import type { GatewayOptions, KnownAccount } from '../src/index.ts';
import { answer, PLACE, setUp, update, type Setup } from './answering-rig.ts';
import { cancelOf, order, tell } from './rig.ts';
import { NEW_YEAR } from './market.ts';

const PLAIN: OrderTerms = {
  positionSide: 'both',
  workingType: 'contract_price',
  priceProtect: false,
  closePosition: false,
  callbackRate: null,
  goodTillDate: null,
};
const terms = (fields: Record<string, unknown>): unknown => ({ ...PLAIN, ...fields });
const ALGO = { algoId: 7, symbol: 'BTCUSDT', algoStatus: 'NEW', updateTime: NEW_YEAR };
const PLACE_ALGO = 'POST /fapi/v1/algoOrder';
const SIGNED = new Set(['timestamp', 'recvWindow', 'signature']);

interface Wire extends Setup {
  /** Fields of each placement, without the signature. */
  readonly sent: Record<string, string>[];
}
/** A venue that accepts everything. */
async function wire(options: Partial<GatewayOptions> = {}, known: Partial<KnownAccount> = {}): Promise<Wire> {
  const sent: Record<string, string>[] = [];
  const keep = (params: URLSearchParams): Record<string, string> => {
    sent.push(Object.fromEntries([...params].filter(([name]) => !SIGNED.has(name))));
    return sent.at(-1)!;
  };
  const setup = await setUp(
    ({ answers }) => {
      const held = (known.positions?.[0] ?? 0) / 1000;
      answers['GET /fapi/v3/positionRisk'] = () => ({
        body: held === 0 ? [] : [{ symbol: 'BTCUSDT', positionSide: 'BOTH', positionAmt: String(held) }],
      });
      answers['GET /fapi/v1/accountConfig'] = () => ({ body: { dualSidePosition: options.hedgeMode === true } });
      answers[PLACE_ALGO] = (params) => ({ body: { ...ALGO, clientAlgoId: keep(params)['clientAlgoId'] } });
      answers[PLACE] = (params) => answer({ clientOrderId: keep(params)['newClientOrderId'], type: 'LIMIT' })();
    },
    options,
    known,
  );
  return { ...setup, sent };
}

describe('what goes over the wire (BINANCE USDⓈ-M, POST order and algoOrder)', () => {
  it.each([
    [
      'a stop with its limit',
      { orderType: 'stop', side: 'sell', trigger: 950, price: 945, timeInForce: 'ioc' },
      {
        type: 'STOP',
        side: 'SELL',
        triggerPrice: '95.0',
        price: '94.5',
        timeInForce: 'IOC',
        quantity: '1.000',
        workingType: 'CONTRACT_PRICE',
      },
    ],
    [
      'a take-profit with its limit until a date, on the protected mark price',
      {
        orderType: 'take_profit',
        side: 'sell',
        trigger: 1050,
        price: 1045,
        timeInForce: 'gtd',
        terms: terms({ goodTillDate: NEW_YEAR + 3_600_000, workingType: 'mark_price', priceProtect: true }),
      },
      {
        type: 'TAKE_PROFIT',
        side: 'SELL',
        triggerPrice: '105.0',
        price: '104.5',
        timeInForce: 'GTD',
        goodTillDate: String(NEW_YEAR + 3_600_000),
        quantity: '1.000',
        workingType: 'MARK_PRICE',
        priceProtect: 'true',
      },
    ],
    [
      'a trailing stop from an activation price on, 0.25 % behind',
      { orderType: 'trailing_stop_market', side: 'sell', trigger: 1010, reduceOnly: true, terms: terms({ callbackRate: 250_000 }) },
      {
        type: 'TRAILING_STOP_MARKET',
        side: 'SELL',
        activatePrice: '101.0',
        callbackRate: '0.25',
        quantity: '1.000',
        reduceOnly: 'true',
        workingType: 'CONTRACT_PRICE',
      },
    ],
    [
      'a trailing stop from now on, 10 % behind',
      { orderType: 'trailing_stop_market', terms: terms({ callbackRate: 10_000_000 }) },
      { type: 'TRAILING_STOP_MARKET', side: 'BUY', callbackRate: '10', quantity: '1.000', workingType: 'CONTRACT_PRICE' },
    ],
    [
      'a stop that closes the position, without a quantity or reduceOnly (−4137)',
      { orderType: 'stop_market', side: 'sell', qty: 0, trigger: 950, terms: terms({ closePosition: true }) },
      { type: 'STOP_MARKET', side: 'SELL', triggerPrice: '95.0', closePosition: 'true', workingType: 'CONTRACT_PRICE' },
    ],
  ])('is %s', async (_, fields, expected) => {
    const { gateway, sent, facts } = await wire();
    await gateway.send(order(1, fields));
    expect(sent).toEqual([{ symbol: 'BTCUSDT', algoType: 'CONDITIONAL', clientAlgoId: 'otest-1', ...expected }]);
    expect(facts.map(tell)).toEqual(['1 accepted']);
  });

  it('is the time in force of a limit: whole or not at all, and until a date', async () => {
    const { gateway, sent } = await wire();
    const limit = { orderType: 'limit', price: 900 };
    await gateway.send(order(1, { ...limit, timeInForce: 'fok' }));
    await gateway.send(order(2, { ...limit, timeInForce: 'gtd', terms: terms({ goodTillDate: NEW_YEAR + 700_000 }) }));
    expect(sent.map(({ timeInForce, goodTillDate }) => [timeInForce, goodTillDate])).toEqual([
      ['FOK', undefined],
      ['GTD', String(NEW_YEAR + 700_000)],
    ]);
  });

  it('is the position side in hedge mode, and never reduceOnly (POS-2)', async () => {
    const { gateway, sent } = await wire({ hedgeMode: true });
    await gateway.send(order(1, { orderType: 'limit', price: 900, terms: terms({ positionSide: 'long' }) }));
    await gateway.send(order(2, { orderType: 'stop_market', trigger: 1100, terms: terms({ positionSide: 'short' }) }));
    expect(sent.map(({ side, positionSide, reduceOnly }) => [side, positionSide, reduceOnly])).toEqual([
      ['BUY', 'LONG', undefined],
      ['BUY', 'SHORT', undefined],
    ]);
  });
});

describe('an exit whose trigger is met when it arrives (ORD-7)', () => {
  const met = { status: 400, body: { code: -2021, msg: 'Order would immediately trigger.' } };
  /** A parent that has filled 1.000 BTC. */
  const held = { positions: [1000 as Lots], heard: NEW_YEAR as KnownAccount['heard'] };
  async function exit(fields: Record<string, unknown>): Promise<Wire> {
    const setup = await wire({}, held);
    const { answers } = setup.venue;
    const accept = answers[PLACE_ALGO]!;
    let isFirst = true;
    answers[PLACE_ALGO] = (params) => {
      const taken = accept(params);
      const isRefused = isFirst;
      isFirst = false;
      return isRefused ? met : taken;
    };
    answers['GET /fapi/v1/order'] = answer({ status: 'FILLED', executedQty: '1.000' });
    await setup.gateway.send(order(2, { side: 'sell', parent: 1, ...fields }));
    return setup;
  }

  it('is placed at once as the limit order that it would have placed', async () => {
    const { sent } = await exit({ orderType: 'stop', trigger: 950, price: 945, reduceOnly: true });
    expect(sent[1]).toMatchObject({ type: 'LIMIT', price: '94.5', timeInForce: 'GTC', quantity: '1.000', reduceOnly: 'true' });
  });
  it('closes what is held where it closes the position', async () => {
    const { sent } = await exit({ orderType: 'stop_market', qty: 0, trigger: 950, terms: terms({ closePosition: true }) });
    expect(sent[1]).toMatchObject({ type: 'MARKET', quantity: '1.000', reduceOnly: 'true' });
  });
  it('follows the market from now on where it trails', async () => {
    const { sent } = await exit({ orderType: 'trailing_stop_market', trigger: 1010, terms: terms({ callbackRate: 100_000 }) });
    expect(sent[1]).toEqual({
      symbol: 'BTCUSDT',
      side: 'SELL',
      quantity: '1.000',
      algoType: 'CONDITIONAL',
      type: 'TRAILING_STOP_MARKET',
      callbackRate: '0.1',
      workingType: 'CONTRACT_PRICE',
      clientAlgoId: 'otest-2',
    });
  });
});

describe('the limit order that a trigger has placed', () => {
  const algo = (fields: Record<string, unknown>, E: number): Record<string, unknown> => ({
    e: 'ALGO_UPDATE',
    T: E,
    E,
    o: { caid: 'otest-1', s: 'BTCUSDT', S: 'SELL', o: 'STOP', q: '1.000', X: 'TRIGGERED', ai: '88', ap: '0', aq: '0', ...fields },
  });
  const child = (fields: Record<string, unknown>, E: number): Record<string, unknown> =>
    update({ c: 'AbC', i: 88, S: 'SELL', o: 'LIMIT', q: '1.000', p: '94.50', ...fields }, E);
  async function triggered(): Promise<Wire> {
    const setup = await wire();
    await setup.gateway.send(order(1, { orderType: 'stop', side: 'sell', trigger: 950, price: 945 }));
    const seen = setup.handled(NEW_YEAR + 1);
    setup.venue.push(algo({}, NEW_YEAR + 1));
    await seen;
    return setup;
  }

  it('fills in parts, and ends with them', async () => {
    const { venue, facts, handled, problems } = await triggered();
    const last = handled(NEW_YEAR + 4);
    venue.push(child({}, NEW_YEAR + 1));
    venue.push(
      child({ x: 'TRADE', X: 'PARTIALLY_FILLED', l: '0.4', z: '0.4', L: '94.50', t: 5, n: '0.01', N: 'USDT', m: true }, NEW_YEAR + 2),
    );
    venue.push(child({ x: 'TRADE', X: 'FILLED', l: '0.6', z: '1', L: '94.50', t: 6, n: '0.02', N: 'USDT', m: true }, NEW_YEAR + 3));
    venue.push(algo({ X: 'FINISHED', aq: '1.000', ap: '94.50' }, NEW_YEAR + 4));
    await last;
    expect(facts.map(tell)).toEqual([
      '1 accepted',
      '1 filled 1: -400 at 945 fee 1000000 maker',
      '1 filled 2: -600 at 945 fee 2000000 maker done',
    ]);
    expect(problems).toEqual([]);
  });
  it('is taken back by its own id', async () => {
    const { venue, gateway, facts } = await triggered();
    let asked: string | null = null;
    venue.answers['DELETE /fapi/v1/order'] = (params) => {
      asked = params.get('orderId');
      return answer({ orderId: 88, clientOrderId: 'AbC', status: 'CANCELED' })();
    };
    await gateway.send(cancelOf(1));
    expect(asked).toBe('88');
    expect(facts.map(tell)).toEqual(['1 accepted', '1 canceled requested']);
  });
  it('says itself how it ended when the conditional order is only finished', async () => {
    const { venue, gateway, facts, handled } = await triggered();
    venue.answers['GET /fapi/v1/algoOrder'] = () => ({
      body: { ...ALGO, clientAlgoId: 'otest-1', algoStatus: 'FINISHED', actualOrderId: '88' },
    });
    venue.answers['GET /fapi/v1/order'] = answer({ orderId: 88, clientOrderId: 'AbC', status: 'CANCELED' });
    const last = handled(NEW_YEAR + 2);
    venue.push(algo({ X: 'FINISHED' }, NEW_YEAR + 2));
    await last;
    await gateway.idle();
    expect(facts.map(tell)).toEqual(['1 accepted', '1 canceled venue']);
  });
});

describe('the end of an order', () => {
  it.each([
    [
      'a date that has come',
      { timeInForce: 'gtd', terms: terms({ goodTillDate: NEW_YEAR + 700_999 }) },
      { x: 'EXPIRED', X: 'EXPIRED' },
      700_000,
      'expired good_till_date',
    ],
    [
      'the same called canceled',
      { timeInForce: 'gtd', terms: terms({ goodTillDate: NEW_YEAR + 700_000 }) },
      { x: 'CANCELED', X: 'CANCELED' },
      700_000,
      'expired good_till_date',
    ],
    [
      'somebody before the date',
      { timeInForce: 'gtd', terms: terms({ goodTillDate: NEW_YEAR + 700_000 }) },
      { x: 'CANCELED', X: 'CANCELED' },
      5,
      'canceled venue',
    ],
    ['nothing on offer', { timeInForce: 'fok' }, { x: 'EXPIRED', X: 'EXPIRED', er: '0' }, 5, 'expired not_filled'],
    ['the liquidation of the account', {}, { x: 'EXPIRED', X: 'EXPIRED', er: '5' }, 5, 'canceled liquidation'],
    ['a delisting', {}, { x: 'EXPIRED', X: 'EXPIRED', er: '7' }, 5, 'canceled delisted'],
  ])('is told by %s', async (_, fields, end, after, story) => {
    const { venue, gateway, facts, handled } = await wire();
    await gateway.send(order(1, { orderType: 'limit', price: 900, ...fields }));
    const last = handled(NEW_YEAR + after);
    venue.push(update({ o: 'LIMIT', p: '90.00', ...end }, NEW_YEAR + after));
    await last;
    expect(facts.map(tell)).toEqual(['1 accepted', `1 ${story}`]);
  });
  it('is that of its position where it was to close it', async () => {
    const { venue, gateway, facts, handled } = await wire();
    await gateway.send(order(1, { orderType: 'stop_market', side: 'sell', qty: 0, trigger: 950, terms: terms({ closePosition: true }) }));
    const last = handled(NEW_YEAR + 1);
    venue.push({ e: 'ALGO_UPDATE', T: NEW_YEAR, E: NEW_YEAR + 1, o: { caid: 'otest-1', s: 'BTCUSDT', q: '0', X: 'EXPIRED', ai: '' } });
    await last;
    expect(facts.map(tell)).toEqual(['1 accepted', '1 expired position_gone']);
  });
  it('comes with the last part of a closing order, however many there are', async () => {
    const { venue, gateway, facts, handled } = await wire();
    await gateway.send(order(1, { orderType: 'stop_market', side: 'sell', qty: 0, trigger: 950, terms: terms({ closePosition: true }) }));
    const last = handled(NEW_YEAR + 3);
    venue.push({ e: 'ALGO_UPDATE', T: NEW_YEAR, E: NEW_YEAR + 1, o: { caid: 'otest-1', s: 'BTCUSDT', q: '0', X: 'TRIGGERED', ai: '88' } });
    const fill = { c: 'otest-1', i: 88, S: 'SELL', x: 'TRADE', N: 'USDT', n: '0.01', L: '94.90' };
    venue.push(update({ ...fill, X: 'PARTIALLY_FILLED', l: '0.4', z: '0.4', t: 1 }, NEW_YEAR + 2));
    venue.push(update({ ...fill, X: 'FILLED', l: '1.6', z: '2', t: 2 }, NEW_YEAR + 3));
    await last;
    expect(facts.map(tell)).toEqual(['1 accepted', '1 filled 1: -400 at 949 fee 1000000', '1 filled 2: -1600 at 949 fee 1000000 done']);
  });
});

describe('hedge mode', () => {
  const open = (orderId: number, side: string, positionSide: string): ReturnType<typeof order> =>
    order(orderId, { side, terms: terms({ positionSide }) });
  const fill = (orderId: number, side: string, ps: string): Record<string, unknown> =>
    update(
      {
        c: `otest-${orderId}`,
        i: orderId,
        S: side,
        ps,
        x: 'TRADE',
        X: 'FILLED',
        l: '1',
        z: '1',
        L: '100.00',
        t: orderId,
        n: '0.05',
        N: 'USDT',
      },
      NEW_YEAR + orderId,
    );
  it('keeps long and short apart, and compares each with the venue’s', async () => {
    const { venue, gateway, handled, problems } = await wire({ hedgeMode: true });
    await gateway.send(open(1, 'buy', 'long'));
    await gateway.send(open(2, 'sell', 'short'));
    const last = handled(NEW_YEAR + 2);
    venue.push(fill(1, 'BUY', 'LONG'));
    venue.push(fill(2, 'SELL', 'SHORT'));
    await last;
    const row = (positionSide: string, positionAmt: string): unknown => ({ symbol: 'BTCUSDT', positionSide, positionAmt });
    venue.answers['GET /fapi/v3/positionRisk'] = () => ({ body: [row('LONG', '1.000'), row('SHORT', '-1.000')] });
    expect(await gateway.check()).toBe(true);
    venue.answers['GET /fapi/v3/positionRisk'] = () => ({ body: [row('LONG', '0.500'), row('SHORT', '-0.500')] });
    venue.answers['GET /fapi/v1/userTrades'] = () => ({ body: [] });
    venue.answers['GET /fapi/v1/forceOrders'] = () => ({ body: [] });
    expect(await gateway.check()).toBe(false);
    await gateway.reconcile();
    expect(problems.map(({ message }) => message)).toEqual([
      'BTCUSDT: the venue holds a long position of 0.500, 1.000 is known of',
      'BTCUSDT: the venue holds a short position of -0.500, -1.000 is known of',
    ]);
  });
});
