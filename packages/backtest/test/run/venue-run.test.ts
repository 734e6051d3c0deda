import { DEFAULT_VENUE, defineStrategy, type InstrumentDesk, type RunResult, type VenueConfig } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { runBacktest, type Backtest, type BoundsWanted, type MarketData, type RunRequest } from '../../src/index.ts';
import { marketOf, requestOf, START, type Row } from './made-market.ts';

type Acts = Readonly<Record<number, (desk: InstrumentDesk) => void>>;
const flat = (price: number): Row => [price, price, price, price];

/** What comes of asking this of the desk at these candles, each symbol alike. */
function acting(
  market: MarketData,
  acts: Acts,
  {
    venue = {},
    bounds = 'ambiguous',
    ...changed
  }: Omit<Partial<RunRequest>, 'venue'> & { venue?: Partial<VenueConfig>; bounds?: BoundsWanted } = {},
): Promise<Backtest> {
  const strategy = defineStrategy({ id: 'acting', features: () => ({}), decide: ({ desk, candle }) => acts[candle.row]?.(desk) });
  return runBacktest(requestOf(strategy, market, { ...changed, venue: { ...DEFAULT_VENUE, ...venue } }), market, { bounds });
}
const sats = (text: string): number => Number(text.replace('.', ''));
function addsUp({ account, trades }: RunResult): void {
  expect(trades.reduce((sum, { pnl }) => sum + sats(pnl), 0)).toBe(sats(account.endEquity) - sats(account.startEquity));
}

describe('hedge mode end to end', () => {
  it('holds a long and a short of one symbol, closes each for itself, and the account adds up', async () => {
    const market = marketOf({ AUSDT: [flat(100), flat(100), [100, 110, 100, 110], [110, 110, 90, 90], flat(90), flat(90)] });
    const { result, series } = await acting(
      market,
      {
        0: (desk) => {
          desk.long.open(0.5);
          desk.short.open(0.3);
        },
        2: (desk) => void desk.long.close(),
        4: (desk) => void desk.short.close(),
      },
      { venue: { hedgeMode: true }, takerFeeBps: 5 },
    );
    expect(result.trades.map(({ side, quantity, entryPrice, exitPrice, pnl }) => [side, quantity, entryPrice, exitPrice, pnl])).toEqual([
      // 50 bought at 100 and sold at 110: 500 less 5 bps of 5,000 and of 5,500.
      ['long', '50.000', '100.0', '110.0', '494.75000000'],
      // 30 sold at 100 and bought at 90: 300 less 5 bps of 3,000 and of 2,700.
      ['short', '30.000', '100.0', '90.0', '297.15000000'],
    ]);
    addsUp(result);
    expect(series.symbols).toEqual([
      {
        symbol: 'AUSDT',
        trades: 2,
        wins: 2,
        grossPnl: 80_000_000_000,
        fees: 810_000_000,
        funding: 0,
        slippage: 0,
        liquidationFees: 0,
        absorbed: 0,
        turnover: 1_620_000_000_000,
        liquidations: 0,
      },
    ]);
    // Highs and lows of the candles held, in parts of 100: the long saw 110 and, in the candle of its exit, 90.
    expect(result.trades.map(({ maxAdverse, maxFavourable }) => [maxAdverse, maxFavourable])).toEqual([
      [0.1, 0.1],
      [0.1, 0.1],
    ]);
    expect(result.assumptions.margin).toMatch(/^cross margin in hedge mode at 20x/);
  });
});

describe('liquidation end to end', () => {
  // 200 at 100 is 20,000 of value on 10,000 of equity: gone near 50.
  const crash = marketOf({ AUSDT: [flat(100), flat(100), flat(100), [100, 100, 40, 45], flat(45), flat(45)] });
  const leveraged: Acts = { 0: (desk) => desk.target(2) };

  it.each(['cross', 'isolated'] as const)('ends the trade, counts and costs it, and says so, in %s margin', async (marginMode) => {
    const { result, series } = await acting(crash, leveraged, { venue: { marginMode, leverage: 10 } });
    const { account, trades, warnings } = result;
    expect(trades.map(({ exitReason, exitTime }) => [exitReason, exitTime])).toEqual([['liquidation', START + 4 * 3_600_000 - 1]]);
    expect(account.liquidations).toBe(1);
    expect(sats(account.liquidationFees)).toBeGreaterThan(0);
    addsUp(result);
    expect(series.symbols[0]).toMatchObject({ liquidations: 1, liquidationFees: sats(account.liquidationFees) });
    expect(warnings).toContainEqual(
      expect.stringContaining(`the venue liquidated 1 position or parts of it: clearance fees of ${account.liquidationFees} USDT`),
    );
    expect(result.assumptions.margin).toMatch(new RegExp(`^${marginMode} margin in one-way mode at 10x`));
    expect(result.metrics).toMatchObject({ liquidations: 1, liquidationFees: sats(account.liquidationFees) / 1e8 });
  });
  it('shows on the curve how near it came: 200 of maintenance on 10,000 while all is well', async () => {
    const { series } = await acting(crash, leveraged, { venue: { leverage: 10 } });
    const { marginRatio, liquidationDistance, exposure } = series.curve;
    expect(marginRatio.slice(0, 3)).toEqual([0, 0.02, 0.02]);
    // 100 − (100 · 200 − 10,000) / (200 · 0.99) = 49.49 of 100.
    expect(liquidationDistance[1]).toBeCloseTo(1 - 10_000 / 198 / 100, 9);
    // Nothing is held any more, so nothing binds and no price liquidates.
    expect(exposure.map((value, k) => (value === 0) === (marginRatio[k] === 0 && liquidationDistance[k] === null))).toEqual(
      exposure.map(() => true),
    );
  });
  it('settles what a symbol leaves behind, without counting it as a liquidation', async () => {
    const dead: Row = [90, 90, 90, 90, 0];
    const market = marketOf({ AUSDT: [flat(100), flat(100), [100, 100, 90, 90], dead, dead] }, { delisted: [START + 3 * 3_600_000] });
    const { result } = await acting(market, { 0: (desk) => desk.target(0.5) });
    expect(result.trades.map(({ exitReason, exitPrice }) => [exitReason, exitPrice])).toEqual([['delisted', '90.0']]);
    expect(result.account.liquidations).toBe(0);
    expect(result.warnings).toContainEqual('1 position was settled at the last price of a symbol that ended');
    addsUp(result);
  });
});

describe('bounds', () => {
  // Bought at 100 with a stop at 95 and a target at 110, both inside the third candle.
  const both = marketOf({ AUSDT: [flat(100), flat(100), [100, 112, 94, 100], flat(100)] });
  const bracket: Acts = { 0: (desk) => void desk.bracket({ share: 0.5, stop: 95, target: 110 }) };

  it('run the other readings where a candle was ambiguous, and say that the sign does not hold', async () => {
    for (const bounds of ['ambiguous', 'always'] as const) {
      const { result } = await acting(both, bracket, { bounds });
      // 50 lots of 1: 50 · −5 or 50 · 10.
      expect(result.bounds).toEqual({ pessimistic: '9750.00000000', heuristic: '9750.00000000', optimistic: '10500.00000000' });
      expect(result.account.endEquity).toBe('9750.00000000');
      expect(result.warnings).toContainEqual(
        '1 candle could be read in two ways: end equity lies between 9750.00000000 and 10500.00000000 USDT, so whether the run gained or lost depends on the reading',
      );
    }
  });
  it('say that the sign holds where it does', async () => {
    const late: Acts = { ...bracket, 3: (desk) => desk.target(-1) };
    const market = marketOf({ AUSDT: [flat(100), flat(100), [100, 112, 94, 100], flat(100), flat(100), flat(20)] });
    const { result } = await acting(market, late, { bounds: 'always' });
    expect(result.warnings).toContainEqual(
      expect.stringMatching(/^1 candle could be read in two ways: .*; the run gains under each reading$/),
    );
  });
  it('are one number three times where no candle was ambiguous and they were asked for, and not given otherwise', async () => {
    const calm = marketOf({ AUSDT: [flat(100), flat(100), flat(101), flat(101)] });
    const acts: Acts = { 0: (desk) => desk.target(0.5) };
    const { account, bounds } = (await acting(calm, acts, { bounds: 'always' })).result;
    expect(bounds).toEqual({ pessimistic: account.endEquity, heuristic: account.endEquity, optimistic: account.endEquity });
    expect((await acting(calm, acts)).result.bounds).toBeNull();
    expect((await acting(both, bracket, { bounds: 'never' })).result.bounds).toBeNull();
  });
  it('take the reading that was asked for as the result', async () => {
    const { result } = await acting(both, bracket, { fills: 'optimistic' });
    expect([result.account.endEquity, result.bounds?.pessimistic]).toEqual(['10500.00000000', '9750.00000000']);
  });
});
