import { describe, expect, it } from 'vitest';
import { start } from './client.ts';
import { closeOf, makeMarket, NEW_YEAR } from './market.ts';

describe('a client that follows', () => {
  it('sees nothing closed until it reports for the first time, then one frame per report', async () => {
    const client = await start();
    const market = await client.listen('/market/ws/btcusdt@kline_5m');
    const before = await client.ask('GET', '/fapi/v1/klines', { query: 'symbol=BTCUSDT&interval=5m' });
    expect(before.body).toEqual([[NEW_YEAR, '100.0', '100.0', '100.0', '100.0', '0', closeOf(0), '0', 0, '0', '0', '0']]);
    await client.idle();
    const closed = await market.until((m) => m.k?.x === true);
    expect(closed.k).toMatchObject({ t: NEW_YEAR, T: closeOf(0), o: '100.0', h: '110.0', l: '90.0', c: '105.0', v: '1.000' });
    expect(market.heard.map((m) => m.k?.x)).toEqual([false, true]);
    await client.idle(closeOf(0));
    await market.until((m) => m.k?.T === closeOf(1) && m.k.x);
    expect(client.emulator.state()).toMatchObject({ frame: closeOf(1), framesShown: 2, framesTotal: 5, waiting: 'frame' });
  });

  it('fills a market order at the next open and waits until the fill is handled', async () => {
    const client = await start();
    const user = await client.user();
    const market = await client.listen('/market/ws/btcusdt@kline_5m');
    await client.idle();
    await market.until((m) => m.k?.x === true);
    const { body } = await client.order({ side: 'BUY', type: 'MARKET', quantity: '1', newClientOrderId: 'a1' });
    expect(body).toMatchObject({ status: 'NEW', executedQty: '0.000', origQty: '1.000', clientOrderId: 'a1' });
    await client.idle(closeOf(0));
    const account = await user.until((m) => m.e === 'ACCOUNT_UPDATE');
    expect(user.heard.map((m) => [m.e, m.o?.x])).toEqual([
      ['ORDER_TRADE_UPDATE', 'NEW'],
      ['ORDER_TRADE_UPDATE', 'TRADE'],
      ['ACCOUNT_UPDATE', undefined],
    ]);
    expect(user.heard[1]).toMatchObject({
      T: closeOf(1),
      o: { X: 'FILLED', L: '100.0', l: '1.000', z: '1.000', n: '0.05000000', m: false },
    });
    expect(account.a?.P[0]).toMatchObject({ s: 'BTCUSDT', pa: '1.000', ep: '100.0' });
    expect(client.emulator.state()).toMatchObject({ framesShown: 1, waiting: 'event' });
    await client.idle(closeOf(0), account.E);
    await market.until((m) => m.k?.T === closeOf(1) && m.k.x);
    expect(client.emulator.state().ledger).toMatchObject({ wallet: '9999.95000000', unrealized: '5.00000000', equity: '10004.95000000' });
  });

  it('matches the exits that answer a fill at the open over the same candle', async () => {
    const candles = [[100, 101, 99, 100] as const, [100, 110, 90, 105] as const, [105, 106, 104, 105] as const];
    const client = await start({ market: makeMarket([{ symbol: 'BTCUSDT', candles }]) });
    const user = await client.user();
    await client.idle();
    await client.order({ side: 'BUY', type: 'MARKET', quantity: '1' });
    await client.idle(closeOf(0));
    const filled = await user.until((m) => m.e === 'ACCOUNT_UPDATE');
    await client.stop({ side: 'SELL', type: 'STOP_MARKET', triggerPrice: '95', quantity: '1', reduceOnly: true, clientAlgoId: 's1' });
    await client.idle(closeOf(0), filled.E);
    const last = await user.until((m) => m.o?.X === 'FINISHED');
    expect(last.o).toMatchObject({ caid: 's1', ap: '95.0', aq: '1.000' });
    // 10000 − 0.05 − 5 − 0.0475
    expect(client.emulator.state().ledger.wallet).toBe('9994.90250000');
    await client.idle(closeOf(0), last.E);
    await client.idle(closeOf(1), last.E);
    await client.idle(closeOf(2), last.E);
    await client.emulator.finished;
  });
});
