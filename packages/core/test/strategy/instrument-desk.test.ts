import { describe, expect, it } from 'vitest';
import { defineStrategy, StrategyError, type Fact, type InstrumentDesk, type OrderId } from '../../src/index.ts';
import { messages, run, tapeOf, type Row } from '../engine/fixture.ts';

type Acts = Readonly<Record<number, (desk: InstrumentDesk) => void>>;

/** A run over these candles in which something is asked of the desk at some of them. The account holds 10,000 USDT. */
function acting(rows: readonly Row[], acts: Acts, hedgeMode = false) {
  const facts: Fact[] = [];
  const made = run({
    tapes: [tapeOf(rows)],
    hedgeMode,
    strategy: defineStrategy({
      id: 'acting',
      features: () => ({}),
      decide: ({ desk, candle }) => acts[candle.row]?.(desk),
      onFact: ({ fact }) => void facts.push(fact),
    }).build({}),
  });
  const submitted = messages(made.entries, 'SubmitOrder').map(({ side, orderType, qty, price, trigger, reduceOnly, terms }) => ({
    side,
    orderType,
    qty,
    price,
    trigger,
    reduceOnly,
    terms,
  }));
  return { ...made, facts, submitted };
}
const FLAT: Row = [100, 100, 100, 100];
const PLAIN = {
  positionSide: 'both',
  workingType: 'contract_price',
  priceProtect: false,
  closePosition: false,
  callbackRate: null,
  goodTillDate: null,
};

describe('orders of the desk of one symbol', () => {
  it('places a limit order behind a trigger: bought at 112 at most once 110 is reached', () => {
    const { submitted, entries } = acting([FLAT, [100, 111, 100, 111]], {
      0: (desk) => void desk.stopLimit({ share: 0.5, trigger: 110, price: 112 }),
    });
    // Half of 10,000 USDT at 112 is 44.6 lots.
    expect(submitted).toEqual([{ side: 'buy', orderType: 'stop', qty: 44, price: 112, trigger: 110, reduceOnly: false, terms: null }]);
    // At the trigger the price of 110 is better than the limit, so it is taken there (FILL-13).
    expect(messages(entries, 'OrderFilled').map(({ qty, price, isMaker }) => [qty, price, isMaker])).toEqual([[44, 110, false]]);
  });
  it('trails: 2 % below the best price since it was placed', () => {
    const { submitted, entries } = acting([FLAT, FLAT, [100, 200, 100, 200], [200, 200, 190, 190]], {
      0: (desk) => desk.target(0.5),
      1: (desk) => void desk.trailingStop({ callback: 0.02 }),
    });
    expect(submitted[1]).toEqual({
      side: 'sell',
      orderType: 'trailing_stop_market',
      qty: 50,
      price: null,
      trigger: null,
      reduceOnly: true,
      terms: { ...PLAIN, callbackRate: 2_000_000 },
    });
    // 200 less 2 % is 196.
    expect(messages(entries, 'OrderFilled').map(({ qty, price }) => [qty, price])).toEqual([
      [50, 100],
      [-50, 196],
    ]);
  });
  it('does not trail what is not held', () => {
    const { submitted } = acting([FLAT], { 0: (desk) => expect(desk.trailingStop({ callback: 0.02 })).toBeNull() });
    expect(submitted).toEqual([]);
  });
  it('protects a whole position, whatever it has become', () => {
    const { submitted, entries } = acting([FLAT, FLAT, FLAT, [100, 100, 80, 80]], {
      0: (desk) => desk.target(0.5),
      1: (desk) => {
        expect(desk.protect({ stop: 90, target: 150, workingType: 'mark_price', priceProtect: true })).toEqual([2, 3]);
        desk.target(0.7);
      },
    });
    const terms = { ...PLAIN, workingType: 'mark_price', priceProtect: true, closePosition: true };
    expect(submitted.slice(1, 3)).toEqual([
      { side: 'sell', orderType: 'stop_market', qty: 0, price: null, trigger: 90, reduceOnly: false, terms },
      { side: 'sell', orderType: 'take_profit_market', qty: 0, price: null, trigger: 150, reduceOnly: false, terms },
    ]);
    const [, , closing] = messages(entries, 'OrderFilled').map(({ qty, price }) => [qty, price]);
    expect(closing?.[1]).toBe(90);
    expect(messages(entries, 'OrderFilled').reduce((sum, { qty }) => sum + qty, 0)).toBe(0);
  });
  it('protects nothing while nothing is held', () => {
    expect(acting([FLAT], { 0: (desk) => expect(desk.protect({ stop: 90 })).toEqual([]) }).submitted).toEqual([]);
  });
  it('amends a resting limit, and is told of it', () => {
    let id: OrderId | null = null;
    const { entries, facts } = acting([FLAT, FLAT, [100, 100, 94, 95]], {
      0: (desk) => void (id = desk.limit(0.5, 90)),
      1: (desk) => expect(desk.amend(id!, 0.25, 95)).toBe(true),
    });
    // A quarter of 10,000 USDT at 95 is 26.3 lots.
    expect(messages(entries, 'AmendOrder').map(({ orderId, qty, price }) => [orderId, qty, price])).toEqual([[1, 26, 95]]);
    expect(facts.some(({ type }) => type === 'OrderAmended')).toBe(true);
    expect(messages(entries, 'OrderFilled').map(({ qty, price }) => [qty, price])).toEqual([[26, 95]]);
  });
  it('does not amend an order that is gone', () => {
    acting([FLAT], { 0: (desk) => expect(desk.amend(7 as OrderId, 0.5, 90)).toBe(false) });
  });
  it('changes the leverage, and cancels one order', () => {
    const { entries } = acting([FLAT, FLAT], {
      0: (desk) => {
        desk.setLeverage(50);
        desk.limit(0.1, 90);
      },
      1: (desk) => desk.cancel(1 as OrderId),
    });
    expect(messages(entries, 'LeverageChanged').map(({ leverage }) => leverage)).toEqual([50]);
    expect(messages(entries, 'OrderCanceled').map(({ orderId, reason }) => [orderId, reason])).toEqual([[1, 'requested']]);
  });
  it.each<[string, (desk: InstrumentDesk) => void, RegExp]>([
    ['a trigger that is no number', (desk) => void desk.stopLimit({ share: 1, trigger: NaN, price: 9 }), /trigger is NaN/],
    ['a leverage that is none', (desk) => desk.setLeverage(0.5), /setLeverage\(0\.5\) takes a whole number/],
    ['the position of a leg in one-way mode', (desk) => void desk.long.position, /is not of one-way mode/],
  ])('HALT-2: refuses %s', (_, act, text) => {
    const going = (): unknown => acting([FLAT], { 0: act });
    expect(going).toThrow(StrategyError);
    expect(going).toThrow(text);
  });
});

describe('POS-1: the two legs of hedge mode', () => {
  it('hold a long and a short side by side, each with its own orders', () => {
    const { engine, submitted, entries } = acting(
      [FLAT, FLAT, [100, 120, 100, 120], [120, 120, 118, 118], FLAT],
      {
        0: (desk) => {
          desk.long.open(0.5);
          desk.short.open(0.25);
        },
        1: (desk) => {
          expect([desk.long.position, desk.short.position, desk.position]).toEqual([50, -25, 25]);
          desk.long.trailingStop({ callback: 0.01 });
          desk.short.protect({ target: 90 });
        },
        3: (desk) => {
          expect([desk.long.isFlat, desk.short.isFlat]).toEqual([true, false]);
          desk.short.close();
        },
      },
      true,
    );
    expect(submitted.map(({ side, terms }) => [side, terms?.positionSide])).toEqual([
      ['buy', 'long'],
      ['sell', 'short'],
      ['sell', 'long'],
      ['buy', 'short'],
      ['buy', 'short'],
    ]);
    // 120 less 1 % is 118.8, which a whole tick away from the best price is 118.
    expect(messages(entries, 'OrderFilled').map(({ qty, price }) => [qty, price])).toEqual([
      [50, 100],
      [-25, 100],
      [-50, 118],
      [25, 100],
    ]);
    expect([...engine.ledger.qty]).toEqual([0, 0]);
    expect(messages(entries, 'OrderExpired').map(({ orderId, reason }) => [orderId, reason])).toEqual([[4, 'position_gone']]);
  });
  it('enter at a limit, behind a trigger and with exits, each on its own side', () => {
    const { submitted } = acting(
      [FLAT],
      {
        0: (desk) => {
          desk.long.limit(0.1, 90);
          desk.short.stopLimit({ share: 0.1, trigger: 90, price: 89 });
          desk.short.bracket({ share: 0.1, stop: 110, target: 80 });
        },
      },
      true,
    );
    expect(
      submitted.map(({ side, orderType, trigger, reduceOnly, terms }) => [side, orderType, trigger, reduceOnly, terms?.positionSide]),
    ).toEqual([
      ['buy', 'limit', null, false, 'long'],
      ['sell', 'stop', 90, false, 'short'],
      ['sell', 'market', null, false, 'short'],
      ['buy', 'stop_market', 110, false, 'short'],
      ['buy', 'take_profit_market', 80, false, 'short'],
    ]);
  });
  it('close nothing, and trail nothing, where nothing is held', () => {
    const act = (desk: InstrumentDesk): void =>
      expect([desk.long.close(), desk.short.trailingStop({ callback: 0.01 })]).toEqual([null, null]);
    expect(acting([FLAT], { 0: act }, true).submitted).toEqual([]);
  });
});
