import { describe, expect, it, vi } from 'vitest';
import { answer, PLACE, setUp, trade, update } from './answering-rig.ts';
import { order, tell } from './rig.ts';
import { NEW_YEAR } from './market.ts';

describe('an account that cannot be used', () => {
  it.each([
    [{ dualSidePosition: false, multiAssetsMargin: true }, 'the account is in multi-assets mode; switch it to single-asset mode'],
    [{ dualSidePosition: false, canTrade: false }, 'the account may not trade; enable futures trading for it'],
  ])('is refused: %j', async (body, message) => {
    await expect(setUp(({ answers }) => (answers['GET /fapi/v1/accountConfig'] = () => ({ body })))).rejects.toThrow(message);
  });

  it('takes "no need to change margin type" as done', async () => {
    const { venue } = await setUp(({ answers }) => {
      answers['GET /fapi/v1/symbolConfig'] = () => ({ body: [{ symbol: 'BTCUSDT', marginType: 'ISOLATED', leverage: 5 }] });
      answers['POST /fapi/v1/marginType'] = () => ({ status: 400, body: { code: -4046, msg: 'No need to change margin type.' } });
    });
    expect(venue.asked).toContain('POST /fapi/v1/marginType');
  });
});

describe('answers without prices', () => {
  it('are completed by the order’s trades, each a fill of its own (answers lost avgPrice and cumQuote on 2026-07-15)', async () => {
    let asks = 0;
    const { gateway, facts, problems } = await setUp(({ answers }) => {
      answers[PLACE] = answer({ status: 'FILLED', executedQty: '1.000' });
      // The list of trades may lag behind.
      answers['GET /fapi/v1/userTrades'] = () => {
        asks += 1;
        const all = [trade(9, '0.6', '100.1'), trade(10, '0.4', '100.2', '-0.005')];
        return { body: asks < 3 ? all.slice(0, asks - 1) : all.toReversed() };
      };
    });
    await gateway.send(order(1));
    expect(facts.map(tell)).toEqual(['1 accepted', '1 filled 1: 600 at 1001 fee 1000000', '1 filled 2: 400 at 1002 fee -500000 done']);
    expect(problems).toEqual([]);
  });

  it('are completed by the stream where it is quick enough, and nothing is asked', async () => {
    const { venue, gateway, facts } = await setUp((venue) => {
      venue.answers[PLACE] = () => {
        venue.push(update({ x: 'TRADE', X: 'FILLED', l: '1', z: '1', L: '100.00', t: 5, n: '0.05', N: 'USDT' }));
        return answer({ status: 'FILLED', executedQty: '1.000' })();
      };
    });
    await gateway.send(order(1));
    expect(facts.map(tell)).toEqual(['1 accepted', '1 filled 1: 1000 at 1000 fee 5000000 done']);
    expect(venue.asked).not.toContain('GET /fapi/v1/userTrades');
  });

  it('wake the children of a parent that was filled at once, before they came', async () => {
    const sent: Record<string, string>[] = [];
    const { gateway, facts } = await setUp(({ answers }) => {
      answers[PLACE] = answer({ status: 'FILLED', executedQty: '1.000' });
      answers['GET /fapi/v1/userTrades'] = () => ({ body: [trade(9, '1', '100.1')] });
      answers['POST /fapi/v1/algoOrder'] = (params) => {
        sent.push(Object.fromEntries(params));
        const { clientAlgoId } = sent.at(-1)!;
        return { body: { algoId: 7, clientAlgoId, symbol: 'BTCUSDT', algoStatus: 'NEW', updateTime: NEW_YEAR } };
      };
    });
    await gateway.send(order(1));
    await gateway.send(order(2, { orderType: 'stop_market', side: 'sell', trigger: 950, reduceOnly: true, parent: 1 }));
    expect(facts.map(tell)).toEqual(['1 accepted', '1 filled 1: 1000 at 1001 fee 1000000 done', '2 accepted']);
    expect(sent).toMatchObject([
      { type: 'STOP_MARKET', side: 'SELL', quantity: '1.000', triggerPrice: '95.0', reduceOnly: 'true', clientAlgoId: 'otest-2' },
    ]);
  });

  it('drop the children of a parent that ended unfilled before they came', async () => {
    const { venue, gateway, facts } = await setUp(({ answers }) => (answers[PLACE] = answer({ status: 'EXPIRED' })));
    await gateway.send(order(1));
    await gateway.send(order(2, { orderType: 'stop_market', side: 'sell', trigger: 950, reduceOnly: true, parent: 1 }));
    expect(facts.map(tell)).toEqual(['1 accepted', '1 expired not_filled', '2 canceled parent_gone']);
    expect(venue.asked).not.toContain('POST /fapi/v1/algoOrder');
  });

  it('of an accepted order that the venue does not know are a riddle, not an end', async () => {
    const { gateway, facts, problems } = await setUp(({ answers }) => {
      answers[PLACE] = answer({ type: 'LIMIT' });
      answers['GET /fapi/v1/order'] = () => ({ status: 400, body: { code: -2013, msg: 'Order does not exist.' } });
    });
    await gateway.send(order(1, { orderType: 'limit', price: 900, ts: Date.now() }));
    await gateway.reconcile();
    expect(facts.map(tell)).toEqual(['1 accepted']);
    expect(problems.map(({ kind }) => kind)).toContain('disagreement');
  });

  it('book a fee in another asset as none, and say that trading must end', async () => {
    const { gateway, facts, problems } = await setUp(({ answers }) => {
      answers[PLACE] = answer({ status: 'FILLED', executedQty: '1.000' });
      answers['GET /fapi/v1/userTrades'] = () => ({ body: [{ ...trade(9, '1', '100.1', '0.00007'), commissionAsset: 'BNB' }] });
    });
    await gateway.send(order(1));
    expect(facts.map(tell)).toEqual(['1 accepted', '1 filled 1: 1000 at 1001 fee 0 done']);
    expect(problems).toMatchObject([{ kind: 'account', message: expect.stringContaining('0.00007 BNB') }]);
  });
});

describe('refusals over a loopback address', () => {
  it.each([
    [-2019, 'insufficient_margin'],
    [-2021, 'would_trigger'],
    [-2022, 'reduce_only'],
    [-2027, 'max_position'],
    [-4131, 'price_band'],
    [-4164, 'filter'],
    [-2025, 'max_orders'],
    [-4016, 'price_band'],
    [-4045, 'max_conditional_orders'],
    [-4061, 'position_side'],
    [-5021, 'fok_not_filled'],
    [-5022, 'post_only_would_take'],
    [-4120, 'venue'],
  ])('keep their meaning: %i is %s', async (code, reason) => {
    const { gateway, facts } = await setUp(({ answers }) => (answers[PLACE] = () => ({ status: 400, body: { code, msg: 'no' } })));
    await gateway.send(order(1));
    expect(facts.map(tell)).toEqual([`1 rejected ${reason}`]);
  });

  it.each([
    [418, { code: -1003, msg: 'banned until' }, 'banned'],
    [403, '<html>', 'banned'],
    [451, { code: 0, msg: 'restricted' }, 'region'],
    [401, { code: -2015, msg: 'Invalid API-key, IP, or permissions for action.' }, 'authentication'],
    [400, { code: -1022, msg: 'Signature for this request is not valid.' }, 'authentication'],
  ] as const)('end trading: HTTP %i %j is a problem of kind %s', async (status, body, kind) => {
    const { gateway, problems, facts } = await setUp(({ answers }) => (answers[PLACE] = () => ({ status, body })));
    await expect(gateway.send(order(1))).rejects.toMatchObject({ kind: 'halt', problem: kind });
    expect(problems.map((problem) => problem.kind)).toEqual([kind]);
    expect(facts).toEqual([]);
  });

  it('while the account is being liquidated end the order, and trading', async () => {
    const { gateway, facts, problems } = await setUp(({ answers }) => {
      answers[PLACE] = () => ({ status: 400, body: { code: -2023, msg: 'User in liquidation mode now.' } });
    });
    await gateway.send(order(1));
    expect(facts.map(tell)).toEqual(['1 rejected in_liquidation']);
    expect(problems.map(({ kind }) => kind)).toEqual(['liquidation']);
  });

  it('take a duplicate client id as the sign that an earlier request worked', async () => {
    const { venue, gateway, facts } = await setUp(({ answers }) => {
      answers[PLACE] = () => ({ status: 400, body: { code: -4116, msg: 'ClientOrderId is duplicated.' } });
      answers['GET /fapi/v1/order'] = answer({ type: 'LIMIT' });
    });
    await gateway.send(order(1, { orderType: 'limit', price: 900 }));
    expect(facts.map(tell)).toEqual(['1 accepted']);
    expect(venue.asked.filter((name) => name === PLACE)).toHaveLength(1);
  });
});

describe('messages that no session wants', () => {
  it('end the connection when they are damaged, print nothing, and what they would have told is asked for', async () => {
    const print = vi.spyOn(console, 'log').mockImplementation(() => {});
    const { venue, gateway, facts, problems } = await setUp(({ answers }) => {
      answers[PLACE] = answer();
      answers['GET /fapi/v1/order'] = answer({ status: 'FILLED', executedQty: '1.000' });
      answers['GET /fapi/v1/userTrades'] = () => ({ body: [trade(9, '1', '100.1')] });
      answers['GET /fapi/v3/positionRisk'] = () => ({ body: [{ symbol: 'BTCUSDT', positionSide: 'BOTH', positionAmt: '1.000' }] });
    });
    // The position is only right once the fill is known of.
    problems.length = 0;
    await gateway.send(order(1));
    venue.push('{"e":"ORDER_TRADE_UPDATE","E":17');
    await vi.waitUntil(() => facts.length === 2);
    await gateway.idle();
    expect(facts.map(tell)).toEqual(['1 accepted', '1 filled 1: 1000 at 1001 fee 1000000 done']);
    expect(problems).toEqual([]);
    expect(print.mock.calls).toEqual([]);
    print.mockRestore();
  });

  it('are said: liquidation, margin call, and an event that is not as documented', async () => {
    const { venue, gateway, problems, facts, handled } = await setUp();
    const last = handled(NEW_YEAR + 3);
    venue.push(update({ c: 'autoclose-1234567890', x: 'CALCULATED', X: 'FILLED', i: 8886999 }, NEW_YEAR + 1));
    venue.push({ e: 'MARGIN_CALL', E: NEW_YEAR + 2, cw: '3.16', p: [{ s: 'BTCUSDT', ps: 'BOTH', pa: '1.3' }] });
    venue.push({ e: 'ORDER_TRADE_UPDATE', E: NEW_YEAR + 2, T: NEW_YEAR, o: { s: 'BTCUSDT' } });
    venue.push({ e: 'TRADE_LITE', E: NEW_YEAR + 3, s: 'BTCUSDT', q: '1' });
    await last;
    await gateway.idle();
    expect(problems.map(({ kind }) => kind).toSorted()).toEqual(['disagreement', 'liquidation', 'margin_call']);
    expect(facts).toEqual([]);
    expect(gateway.lastEventTime).toBe(NEW_YEAR + 3);
  });

  it('are ignored: repeated reports of an order that has ended', async () => {
    const { venue, gateway, problems, facts, handled } = await setUp(({ answers }) => {
      answers[PLACE] = answer();
    });
    await gateway.send(order(1));
    const fill = update({ x: 'TRADE', X: 'FILLED', l: '1', z: '1', L: '100.00', t: 5, n: '0.05', N: 'USDT' }, NEW_YEAR + 1);
    const last = handled(NEW_YEAR + 2);
    venue.push(fill);
    venue.push(fill);
    venue.push(update({}, NEW_YEAR + 2));
    await last;
    expect(facts.map(tell)).toEqual(['1 accepted', '1 filled 1: 1000 at 1000 fee 5000000 done']);
    expect(problems).toEqual([]);
  });

  it('belong to a conditional order whose trigger was told too late: its order is found by asking', async () => {
    const algo = { algoId: 7, clientAlgoId: 'otest-1', symbol: 'BTCUSDT', algoStatus: 'NEW', updateTime: NEW_YEAR };
    const { venue, gateway, problems, facts, handled } = await setUp(({ answers }) => {
      answers['POST /fapi/v1/algoOrder'] = () => ({ body: algo });
      answers['GET /fapi/v1/algoOrder'] = () => ({ body: { ...algo, algoStatus: 'TRIGGERED', actualOrderId: '88' } });
      answers['GET /fapi/v1/order'] = answer({ orderId: 88, clientOrderId: 'x', status: 'NEW' });
    });
    await gateway.send(order(1, { orderType: 'stop_market', trigger: 1100 }));
    const last = handled(NEW_YEAR + 1);
    // The venue's own name, not the conditional order's.
    venue.push(update({ c: 'AbC', i: 88, x: 'TRADE', X: 'FILLED', l: '1', z: '1', L: '110.10', t: 5, n: '0.05', N: 'USDT' }, NEW_YEAR + 1));
    await last;
    expect(facts.map(tell)).toEqual(['1 accepted', '1 filled 1: 1000 at 1101 fee 5000000 done']);
    expect(problems).toEqual([]);
  });
});
