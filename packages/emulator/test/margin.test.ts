import { describe, expect, it } from 'vitest';
import type { start } from './client.ts';
import { flat, follower, listener } from './follower.ts';
import { closeOf, makeMarket, type Candle } from './market.ts';

const BUY = { side: 'BUY', type: 'MARKET' };
type Options = NonNullable<Parameters<typeof start>[0]>;
const FREE: Options = { startEquity: '1000', takerFeeBps: 0 };

describe('liquidation', () => {
  // Long 100 at 100 with 1000 in the wallet: 1000 + 100 · (p − 100) = 0.004 · 100 · p at p = 9000 / 99.6 = 90.3614.
  const CROSS: readonly Candle[] = [flat(100), flat(100), [100, 100, 85, 88], flat(88)];

  it('closes a cross account at the traded price of the moment, for what is left of its margin', async () => {
    const client = await listener(CROSS, FREE);
    await client.frame(0);
    await client.order({ ...BUY, quantity: '100' });
    await client.frame(1);
    await client.order({ side: 'SELL', type: 'LIMIT', timeInForce: 'GTC', price: '104', quantity: '1', newClientOrderId: 'rest' });
    await client.stop({ side: 'SELL', type: 'STOP_MARKET', triggerPrice: '80', closePosition: true, clientAlgoId: 'late' });
    expect((await client.signed('GET', '/fapi/v3/positionRisk')).body).toMatchObject([
      { liquidationPrice: '90.36144578', maintMargin: '40.00000000', notional: '10000.00000000', markPrice: '100.00000000' },
    ]);
    const from = client.user.heard.length;
    await client.frame(2);
    const told = client.user.heard
      .slice(from)
      .map(({ e, o, a }) => [o?.['c'] ?? o?.['caid'] ?? a?.m, o?.['x'] ?? o?.['X'] ?? e, o?.['er'] ?? '']);
    expect(told).toEqual([
      ['autoclose-1', 'NEW', '0'],
      ['rest', 'EXPIRED', '5'],
      ['late', 'EXPIRED', ''],
      ['autoclose-1', 'CALCULATED', '0'],
      ['ORDER', 'ACCOUNT_UPDATE', ''],
      ['INSURANCE_CLEAR', 'ACCOUNT_UPDATE', ''],
    ]);
    // Sold at 90.3, a tick against the account: 970 are lost, and of the fee of 1.25 % of 9030 there are 30 left to pay.
    const forced = client.user.heard.find(({ o }) => o?.['x'] === 'CALCULATED');
    expect(forced?.o).toMatchObject({
      S: 'SELL',
      o: 'LIMIT',
      f: 'IOC',
      X: 'FILLED',
      q: '100.000',
      L: '90.3',
      n: '30.00000000',
      rp: '-970.00000000',
    });
    expect(client.emulator.state()).toMatchObject({ ledger: { wallet: '0.00000000', liquidationFees: '30.00000000' }, positions: [] });
    expect((await client.signed('GET', '/fapi/v1/forceOrders')).body).toMatchObject([
      { clientOrderId: 'autoclose-1', status: 'FILLED', avgPrice: '90.3', executedQty: '100.000' },
    ]);
    expect((await client.signed('GET', '/fapi/v1/income', { incomeType: 'INSURANCE_CLEAR' })).body).toMatchObject([
      { income: '-30.00000000' },
    ]);
  });

  it('closes an isolated position for its own wallet alone', async () => {
    const client = await follower(CROSS, { ...FREE, venue: { marginMode: 'isolated', leverage: 10 } });
    await client.frame(0);
    await client.order({ ...BUY, quantity: '50' });
    await client.frame(1);
    // 50 · 100 / 10 are set aside; 500 + 50 · (p − 100) = 0.004 · 50 · p at the same price.
    expect((await client.signed('GET', '/fapi/v2/positionRisk')).body).toMatchObject([
      {
        isolatedWallet: '500.00000000',
        liquidationPrice: '90.36144578',
        marginType: 'isolated',
        leverage: '10',
        maxNotionalValue: '12000000',
      },
    ]);
    expect((await client.signed('GET', '/fapi/v3/balance')).body).toMatchObject([
      { balance: '1000.00000000', crossWalletBalance: '500.00000000', availableBalance: '500.00000000' },
    ]);
    await client.frame(2);
    // 485 are lost and 15 paid as a fee: what was set aside, and no more.
    expect(client.emulator.state()).toMatchObject({ ledger: { wallet: '500.00000000', liquidationFees: '15.00000000' }, positions: [] });
  });

  it('is warned of once the margin ratio has reached 80 %', async () => {
    // At 90.4 the margin balance is 40, and 0.4 % of 9040 are 36.16.
    const client = await listener([flat(100), flat(100), [100, 100, 90.4, 90.4], flat(90.4)], FREE);
    await client.frame(0);
    await client.order({ ...BUY, quantity: '100' });
    await client.frame(1);
    await client.frame(2);
    await client.frame(3);
    const calls = client.user.heard.filter(({ e }) => e === 'MARGIN_CALL');
    expect(calls).toMatchObject([
      {
        cw: '1000.00000000',
        p: [{ s: 'BTCUSDT', ps: 'BOTH', pa: '100.000', mt: 'CROSSED', mp: '90.40000000', up: '-960.00000000', mm: '36.16000000' }],
      },
    ]);
  });

  it('is a settlement where a symbol ends', async () => {
    const made = makeMarket([{ symbol: 'BTCUSDT', candles: [flat(100), flat(100), [103, 103, 103, 103, 0], [103, 103, 103, 103, 0]] }]);
    const client = await listener([], { ...FREE, market: { ...made, delisted: [closeOf(1)] } });
    await client.frame(0);
    await client.order({ ...BUY, quantity: '1' });
    await client.frame(1);
    await client.frame(2);
    const settled = client.user.heard.find(({ o }) => o?.['x'] === 'CALCULATED');
    expect(settled?.o).toMatchObject({ c: 'settlement_autoclose-1', L: '103.0', n: '0.00000000' });
    expect(client.emulator.state().positions).toEqual([]);
    expect((await client.signed('GET', '/fapi/v1/forceOrders')).body).toEqual([]);
    expect((await client.order({ ...BUY, quantity: '1' })).body).toMatchObject({ code: -2010 });
  });
});

describe('brackets and leverage', () => {
  it('tells the brackets of the symbol with their cum', async () => {
    const client = await follower([flat(100)]);
    const { body } = await client.signed('GET', '/fapi/v1/leverageBracket', { symbol: 'BTCUSDT' });
    // Each cum is the one before it and the floor times the step of the rate: 300,000 · 0.001, 800,000 · 0.0015, 3,000,000 · 0.0035.
    expect(body).toMatchObject([
      {
        symbol: 'BTCUSDT',
        brackets: [
          { bracket: 1, initialLeverage: 150, notionalFloor: 0, notionalCap: 300_000, maintMarginRatio: 0.004, cum: 0 },
          { bracket: 2, initialLeverage: 100, notionalCap: 800_000, maintMarginRatio: 0.005, cum: 300 },
          { bracket: 3, initialLeverage: 75, notionalCap: 3_000_000, maintMarginRatio: 0.0065, cum: 1500 },
          { bracket: 4, initialLeverage: 50, notionalCap: 12_000_000, maintMarginRatio: 0.01, cum: 12_000 },
        ],
      },
    ]);
  });

  it('refuses positions that are too large for the leverage, and leverages that the position is too large for', async () => {
    const client = await listener([flat(1000), flat(1000), flat(1000)], { takerFeeBps: 0 });
    await client.frame(0);
    const leverage = (to: number): ReturnType<typeof client.signed> =>
      client.signed('POST', '/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: to });
    expect((await leverage(150)).body).toEqual({ leverage: 150, maxNotionalValue: '300000', symbol: 'BTCUSDT' });
    await client.user.until(({ e }) => e === 'ACCOUNT_CONFIG_UPDATE');
    expect(client.user.heard.at(-1)).toMatchObject({ ac: { s: 'BTCUSDT', l: 150 } });
    // One lot above 300,000 at the mark price.
    const SELL = { side: 'SELL', type: 'LIMIT', timeInForce: 'GTC', price: '1000' };
    expect((await client.order({ ...SELL, quantity: '300.001' })).body).toMatchObject({ code: -2027 });
    await leverage(100);
    await client.order({ ...BUY, quantity: '120' });
    await client.order({ ...BUY, quantity: '120' });
    await client.order({ ...BUY, quantity: '120' });
    await client.frame(1);
    // 360,000 are held: beyond what 150 allows.
    expect((await leverage(150)).body).toMatchObject({ code: -2027 });
    expect((await leverage(0)).body).toMatchObject({ code: -4028 });
    expect((await leverage(50)).status).toBe(200);
  });

  it('refuses to lower the leverage of an isolated position', async () => {
    const client = await follower([flat(100), flat(100)], { venue: { marginMode: 'isolated' } });
    await client.frame(0);
    await client.order({ ...BUY, quantity: '10' });
    await client.frame(1);
    expect((await client.signed('POST', '/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 10 })).body).toMatchObject({ code: -4161 });
  });

  it('keeps one margin type for all symbols, changed while nothing is held or ordered', async () => {
    const market = makeMarket(['BTCUSDT', 'ETHUSDT'].map((symbol) => ({ symbol, candles: [flat(100), flat(100)] })));
    const client = await follower([], { market });
    const type = (symbol: string, marginType: string): ReturnType<typeof client.signed> =>
      client.signed('POST', '/fapi/v1/marginType', { symbol, marginType });
    expect((await type('BTCUSDT', 'ISOLATED')).status).toBe(200);
    expect((await type('ETHUSDT', 'ISOLATED')).body).toMatchObject({ code: -4046 });
    expect((await client.signed('GET', '/fapi/v1/symbolConfig')).body).toMatchObject([
      { marginType: 'ISOLATED' },
      { marginType: 'ISOLATED' },
    ]);
    await client.order({ ...BUY, quantity: '1' });
    expect((await type('ETHUSDT', 'CROSSED')).body).toMatchObject({ code: -1020 });
    expect((await type('BTCUSDT', 'CROSSED')).body).toMatchObject({ code: -4047 });
  });
});

describe('hedge mode', () => {
  it('holds a long and a short side by side, and is left when both are gone', async () => {
    const client = await listener([flat(100), flat(100), flat(104), flat(104)], FREE);
    const dual = (dualSidePosition: string): ReturnType<typeof client.signed> =>
      client.signed('POST', '/fapi/v1/positionSide/dual', { dualSidePosition });
    await client.frame(0);
    expect((await dual('true')).status).toBe(200);
    expect((await client.signed('GET', '/fapi/v1/positionSide/dual')).body).toEqual({ dualSidePosition: true });
    expect((await client.order({ ...BUY, quantity: '1' })).body).toMatchObject({ code: -4061 });
    expect((await client.order({ ...BUY, quantity: '1', positionSide: 'LONG', reduceOnly: true })).body).toMatchObject({ code: -1106 });
    expect((await client.order({ side: 'SELL', type: 'MARKET', quantity: '1', positionSide: 'LONG' })).body).toMatchObject({ code: -2022 });
    await client.order({ ...BUY, quantity: '3', positionSide: 'LONG' });
    await client.order({ side: 'SELL', type: 'MARKET', quantity: '2', positionSide: 'SHORT' });
    expect((await dual('false')).body).toMatchObject({ code: -4067 });
    await client.frame(1);
    expect((await dual('false')).body).toMatchObject({ code: -4068 });
    // Selling five of a long of three closes it and leaves the short alone.
    await client.order({ side: 'SELL', type: 'MARKET', quantity: '5', positionSide: 'LONG' });
    await client.frame(2);
    expect((await client.signed('GET', '/fapi/v3/positionRisk')).body).toMatchObject([
      { positionSide: 'SHORT', positionAmt: '-2.000', unRealizedProfit: '-8.00000000' },
    ]);
    const closed = client.user.heard.filter(({ o }) => o?.['x'] === 'TRADE').at(-1);
    expect(closed?.o).toMatchObject({ ps: 'LONG', l: '3.000', rp: '12.00000000' });
    await client.order({ ...BUY, quantity: '2', positionSide: 'SHORT' });
    await client.frame(3);
    expect((await dual('false')).status).toBe(200);
    expect(client.emulator.state().ledger).toMatchObject({ wallet: '1004.00000000' });
  });
});
