import { describe, expect, it } from 'vitest';
import { start, type Client, type Message } from './client.ts';
import { flat, follower } from './follower.ts';
import { closeOf, FIVE_MINUTES, makeMarket, NEW_YEAR, type Candle } from './market.ts';

describe('the account', () => {
  it('holds margin for positions and orders, and counts profit at the mark price', async () => {
    const client = await follower([flat(100), [100, 110, 100, 110], flat(110)]);
    await client.frame(0);
    await client.signed('POST', '/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 10 });
    await client.order({ side: 'BUY', type: 'MARKET', quantity: '20' });
    // On its way it binds 20 · 100 / 10 = 200.
    expect((await client.signed('GET', '/fapi/v3/account')).body).toMatchObject({
      totalOpenOrderInitialMargin: '200.00000000',
      availableBalance: '9800.00000000',
    });
    await client.frame(1);
    await client.order({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price: '108', quantity: '5' });
    // Bought 20 at 100 for a fee of 1: wallet 9999; 20 · 10 profit; 20 · 110 / 10 = 220 for the position, 5 · 108 / 10 = 54 for the bid.
    const { body } = await client.signed('GET', '/fapi/v3/account');
    expect(body).toMatchObject({
      totalWalletBalance: '9999.00000000',
      totalUnrealizedProfit: '200.00000000',
      totalMarginBalance: '10199.00000000',
      totalPositionInitialMargin: '220.00000000',
      totalOpenOrderInitialMargin: '54.00000000',
      totalInitialMargin: '274.00000000',
      totalMaintMargin: '8.80000000',
      availableBalance: '9925.00000000',
    });
    expect((await client.signed('GET', '/fapi/v3/positionRisk')).body).toMatchObject([
      {
        positionAmt: '20.000',
        entryPrice: '100.0',
        markPrice: '110.00000000',
        unRealizedProfit: '200.00000000',
        notional: '2200.00000000',
        bidNotional: '540.00000000',
      },
    ]);
    // An offer of up to the position opens nothing, so it binds nothing.
    await client.order({ side: 'SELL', type: 'LIMIT', timeInForce: 'GTC', price: '112', quantity: '20' });
    expect((await client.signed('GET', '/fapi/v3/account')).body).toMatchObject({ totalOpenOrderInitialMargin: '54.00000000' });
    // 9925 carry 99,250 more at leverage 10: 902.2727 of 110 each.
    expect((await client.order({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price: '110', quantity: '902.273' })).body).toMatchObject({
      code: -2019,
    });
    expect((await client.order({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price: '110', quantity: '902.272' })).status).toBe(200);
  });

  it('averages the entry, realises on the way down, and reverses', async () => {
    const client = await follower([flat(100), flat(100), flat(103), flat(106), flat(106)], { takerFeeBps: 0 });
    await client.frame(0);
    await client.order({ side: 'BUY', type: 'MARKET', quantity: '2' });
    await client.frame(1);
    await client.order({ side: 'BUY', type: 'MARKET', quantity: '1' });
    await client.frame(2);
    // (2 · 100 + 103) / 3
    expect((await client.signed('GET', '/fapi/v3/positionRisk')).body).toMatchObject([{ entryPrice: '101.0', positionAmt: '3.000' }]);
    await client.order({ side: 'SELL', type: 'MARKET', quantity: '4' });
    await client.frame(3);
    // 3 · (106 − 101) is realised, and 1 is short at 106.
    expect(client.emulator.state()).toMatchObject({
      ledger: { realized: '15.00000000', wallet: '10015.00000000', unrealized: '0.00000000' },
      positions: [{ positionAmt: '-1.000', entryPrice: '106.0' }],
    });
    const { body } = await client.signed('GET', '/fapi/v1/userTrades', { symbol: 'BTCUSDT' });
    expect(body).toMatchObject([
      { realizedPnl: '0.00000000' },
      { realizedPnl: '0.00000000' },
      { realizedPnl: '15.00000000', price: '106.0', qty: '4.000' },
    ]);
  });

  it('pays and receives funding at its instant, at the open of the first candle from then on', async () => {
    const times = Float64Array.of(NEW_YEAR, NEW_YEAR + FIVE_MINUTES, NEW_YEAR + 2 * FIVE_MINUTES, NEW_YEAR + 3 * FIVE_MINUTES);
    const funding = { times, ratesE8: Float64Array.of(10_000, 10_000, 10_000, -5000) };
    const candles = [flat(100), flat(100), [105, 106, 104, 104] as const, flat(104)];
    const client = await start({ market: makeMarket([{ symbol: 'BTCUSDT', candles, funding }]), takerFeeBps: 0 });
    const user = await client.user();
    await client.idle();
    await expect.poll(() => client.emulator.state().framesShown).toBe(1);
    await client.order({ side: 'BUY', type: 'MARKET', quantity: '10' });
    await client.idle(closeOf(0));
    await client.idle(closeOf(0), (await user.until((m) => m.e === 'ACCOUNT_UPDATE')).E);
    await client.idle(closeOf(1));
    // The purchase at 00:05 comes after that instant's funding; at 00:10 ten lots at 105 pay 0.01 %.
    const paid = await user.until((m) => m.a?.m === 'FUNDING_FEE');
    expect(paid).toMatchObject({
      T: NEW_YEAR + 2 * FIVE_MINUTES,
      a: { B: [{ wb: '9999.89500000', bc: '-0.10500000' }], P: [], S: 'BTCUSDT' },
    });
    await client.idle(closeOf(1), paid.E);
    await expect.poll(() => client.emulator.state().framesShown).toBe(3);
    await client.idle(closeOf(2));
    const received = await user.until((m) => m.a?.m === 'FUNDING_FEE' && m.E > paid.E);
    expect(received.a?.B[0]).toMatchObject({ bc: '0.05200000' });
    const income = await client.signed('GET', '/fapi/v1/income', { incomeType: 'FUNDING_FEE' });
    expect(income.body).toMatchObject([
      { income: '-0.10500000', time: NEW_YEAR + 2 * FIVE_MINUTES },
      { income: '0.05200000', time: NEW_YEAR + 3 * FIVE_MINUTES },
    ]);
    const rates = await client.ask('GET', '/fapi/v1/fundingRate', { query: `symbol=BTCUSDT&startTime=${NEW_YEAR + 2 * FIVE_MINUTES}` });
    expect(rates.body).toMatchObject([
      { fundingRate: '0.00010000', markPrice: '105.00000000' },
      { fundingRate: '-0.00005000', markPrice: '104.00000000' },
    ]);
  });

  it('cuts a reduce-only order to what there is to reduce', async () => {
    const client = await follower([flat(100), flat(100), flat(100)]);
    await client.frame(0);
    await client.order({ side: 'BUY', type: 'MARKET', quantity: '1' });
    await client.frame(1);
    await client.order({ side: 'SELL', type: 'MARKET', quantity: '5', reduceOnly: true, newClientOrderId: 'out' });
    await client.frame(2);
    const { body } = await client.signed('GET', '/fapi/v1/order', { symbol: 'BTCUSDT', origClientOrderId: 'out' });
    expect(body).toMatchObject({ status: 'FILLED', executedQty: '1.000', origQty: '1.000', avgPrice: '100.0', cumQuote: '100.00000000' });
    expect(client.emulator.state().positions).toEqual([]);
  });
});

describe('conditional orders', () => {
  const open = async (
    candles: readonly Candle[],
    settings = {},
  ): Promise<{ client: Client; heard: readonly Message[]; end: () => Promise<void> }> => {
    const client = await start({ market: makeMarket([{ symbol: 'BTCUSDT', candles }]), settings });
    const user = await client.user();
    await client.idle();
    await client.order({ side: 'BUY', type: 'MARKET', quantity: '1' });
    await client.idle(closeOf(0));
    await expect.poll(() => client.emulator.state().waiting).toBe('event');
    await client.idle(closeOf(0), client.emulator.state().lastEventTime);
    await expect.poll(() => client.emulator.state().framesShown).toBe(2);
    await user.until((m) => m.E === client.emulator.state().lastEventTime);
    const end = async (): Promise<void> => {
      await client.idle(closeOf(1));
      await expect.poll(() => client.emulator.state().waiting).toBe('event');
      const { lastEventTime } = client.emulator.state();
      await user.until((m) => m.E === lastEventTime);
    };
    return { client, heard: user.heard, end };
  };
  const names = (heard: readonly Message[], from: number): unknown[] =>
    heard.filter((m) => m.E > from).map(({ e, o }) => (e === 'ALGO_UPDATE' ? o?.['X'] : (o?.['x'] ?? e)));

  it('trigger, become an order with an id of its own, and finish', async () => {
    const { client, heard, end } = await open([flat(100), flat(100), [100, 100, 90, 92], flat(92)]);
    const stop = await client.stop({
      side: 'SELL',
      type: 'STOP_MARKET',
      triggerPrice: '95',
      quantity: '1',
      reduceOnly: true,
      clientAlgoId: 's',
    });
    const placed = client.emulator.state().lastEventTime;
    await end();
    expect(names(heard, placed)).toEqual(['TRIGGERING', 'TRIGGERED', 'NEW', 'TRADE', 'ACCOUNT_UPDATE', 'FINISHED']);
    const trade = heard.find((m) => m.E > placed && m.o?.['x'] === 'TRADE');
    expect(trade?.o).toMatchObject({ c: 's', o: 'MARKET', S: 'SELL', L: '95.0', rp: '-5.00000000', n: '0.04750000', R: true });
    const queried = await client.signed('GET', '/fapi/v1/algoOrder', { algoId: Number(stop.body['algoId']) });
    expect(queried.body).toMatchObject({
      algoStatus: 'FINISHED',
      actualOrderId: String(trade?.o?.['i']),
      actualPrice: '95.0',
      actualQty: '1.000',
    });
    const times = heard.map((m) => m.E);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });

  it('expire with the position that they were to close, and are rejected where there is none to reduce', async () => {
    const { client, heard, end } = await open([flat(100), flat(100), [100, 110, 90, 92], flat(92)]);
    await client.stop({ side: 'SELL', type: 'STOP_MARKET', triggerPrice: '95', closePosition: true, clientAlgoId: 'all' });
    await client.stop({ side: 'SELL', type: 'STOP_MARKET', triggerPrice: '98', quantity: '1', reduceOnly: true, clientAlgoId: 'near' });
    await client.stop({ side: 'SELL', type: 'STOP_MARKET', triggerPrice: '91', quantity: '1', reduceOnly: true, clientAlgoId: 'far' });
    await end();
    const ends = heard
      .filter((m) => ['EXPIRED', 'REJECTED', 'FINISHED'].includes(String(m.o?.['X'])))
      .map((m) => [m.o?.['caid'], m.o?.['X'], m.o?.['rm']]);
    expect(ends).toEqual([
      ['near', 'FINISHED', undefined],
      ['all', 'EXPIRED', undefined],
      ['far', 'REJECTED', 'ReduceOnly Order is rejected.'],
    ]);
    expect(client.emulator.state()).toMatchObject({ openAlgoOrders: [], positions: [] });
  });

  it('tell the account before the order where they are set to', async () => {
    const { heard } = await open([flat(100), flat(100), flat(100)], { accountBeforeOrder: true });
    expect(heard.map((m) => m.o?.['x'] ?? m.e)).toEqual(['NEW', 'ACCOUNT_UPDATE', 'TRADE']);
  });

  it('are cancelled alone or together, and leave nothing behind', async () => {
    const { client, heard } = await open([flat(100), flat(100), flat(100)]);
    await client.stop({ side: 'SELL', type: 'STOP_MARKET', triggerPrice: '95', quantity: '1', clientAlgoId: 'a' });
    await client.stop({ side: 'SELL', type: 'TAKE_PROFIT_MARKET', triggerPrice: '105', quantity: '1', clientAlgoId: 'b' });
    await client.signed('DELETE', '/fapi/v1/algoOrder', { clientAlgoId: 'a' });
    await client.signed('DELETE', '/fapi/v1/algoOpenOrders', { symbol: 'BTCUSDT' });
    await expect.poll(() => heard.filter((m) => m.o?.['X'] === 'CANCELED').map((m) => m.o?.['caid'])).toEqual(['a', 'b']);
    expect((await client.signed('GET', '/fapi/v1/openAlgoOrders')).body).toEqual([]);
  });
});
