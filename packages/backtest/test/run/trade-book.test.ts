import {
  createInstrument,
  defineStrategy,
  ema,
  type EpochMs,
  type InstrumentId,
  type Lots,
  type Message,
  type OrderId,
  type OrderType,
  type RateE8,
  type Sats,
  type SymbolFilters,
  type Tape,
  type Ticks,
  type TradeRow,
} from '@orrery/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_REQUEST, runBacktest, TradeBook, type MarketData } from '../../src/index.ts';

const FILTERS: SymbolFilters = {
  symbol: 'BTCUSDT',
  tickSize: '0.1',
  stepSize: '0.001',
  minQty: '0.001',
  maxQty: '1000',
  marketMaxQty: '1000',
  minNotional: '5',
};
const INSTRUMENT = createInstrument(0 as InstrumentId, FILTERS, { maker: 20_000 as RateE8, taker: 50_000 as RateE8 });

/** [lots, ticks, fee in sats, order type]: what was filled, one after the other. */
type Fill = readonly [number, number, number, OrderType];

/** Rows of the book after these fills; one tick times one lot is 10,000 sats. The last close is 1,000 ticks. */
function rows(...fills: readonly Fill[]): readonly TradeRow[] {
  const book = new TradeBook([INSTRUMENT]);
  let seq = 0;
  const record = (message: Message): void => book.record(++seq, seq, 'in', message);
  for (const [k, [lots, price, fee, orderType]] of fills.entries()) {
    const at = { ts: (k + 1) as EpochMs, instrument: 0 as InstrumentId, orderId: (k + 1) as OrderId };
    record({
      ...at,
      type: 'SubmitOrder',
      side: lots > 0 ? 'buy' : 'sell',
      orderType,
      qty: Math.abs(lots) as Lots,
      price: null,
      trigger: null,
      timeInForce: 'gtc',
      reduceOnly: false,
      parent: null,
      terms: null,
    });
    const ticks = price as Ticks;
    record({
      ...at,
      type: 'OrderFilled',
      fill: k + 1,
      qty: lots as Lots,
      price: ticks,
      reference: ticks,
      fee: fee as Sats,
      isMaker: false,
      isDone: true,
    });
  }
  return book.rows([1000 as Ticks]);
}
const MARKET: OrderType = 'market';

describe('TradeBook, worked by hand', () => {
  it('closes in parts into one round trip at the average exit price', () => {
    const all = rows([10, 900, 100, MARKET], [-4, 950, 40, MARKET], [-6, 1000, 60, 'take_profit_market']);
    // Bought 10 at 90.0, sold 4 at 95.0 and 6 at 100.0: (4 · 50 + 6 · 100) ticks · 10,000 sats − 200 sats = 0.07999800 USDT.
    expect(all).toEqual([
      {
        id: 1,
        symbol: 'BTCUSDT',
        side: 'long',
        quantity: '0.010',
        entryTime: 1,
        entryPrice: '90.0',
        exitTime: 3,
        exitPrice: '98.0',
        fees: '0.00000200',
        funding: '0.00000000',
        pnl: '0.07999800',
        exitReason: 'take_profit',
        maxAdverse: null,
        maxFavourable: null,
      },
    ]);
  });
  it('adds to a position at the average entry price, cut after two digits more where the tick does not hold it', () => {
    const [trade] = rows([1, 900, 0, MARKET], [2, 901, 0, MARKET], [-3, 1000, 0, 'stop_market']);
    // (900 + 2 · 901) / 3 ticks of 0.1.
    expect(trade).toMatchObject({ quantity: '0.003', entryPrice: '90.066', exitPrice: '100.0', pnl: '0.02980000', exitReason: 'stop' });
  });
  it('splits the fee of a flip by quantity, and opens the other side at the same price', () => {
    const all = rows([4, 900, 40, MARKET], [-10, 950, 101, MARKET]);
    expect(all).toHaveLength(2);
    // 4 of the 10 lots close: 40.4 sats of the fee, which is 40; the other 61 go to the new position.
    expect(all[0]).toMatchObject({ side: 'long', quantity: '0.004', fees: '0.00000080', pnl: '0.01999920', exitTime: 2 });
    // Still short 6 at the last close of 100.0: 6 · −50 ticks.
    expect(all[1]).toMatchObject({
      side: 'short',
      quantity: '0.006',
      entryTime: 2,
      exitTime: null,
      fees: '0.00000061',
      pnl: '-0.03000061',
    });
    expect(all[1].exitReason).toBe('end_of_data');
  });
});

function market(closes: readonly number[], rates: readonly number[]): MarketData {
  const step = 3_600_000;
  const column = (value: (row: number) => number): Float64Array => Float64Array.from(closes, (_, row) => value(row));
  const open = (row: number): number => closes[row - 1] ?? closes[0];
  const tape: Tape = {
    instrument: 0 as InstrumentId,
    intervalMs: step,
    length: closes.length,
    closeTs: column((row) => (row + 1) * step - 1),
    open: column(open),
    high: column((row) => Math.max(open(row), closes[row]) + 5),
    low: column((row) => Math.min(open(row), closes[row]) - 5),
    close: column((row) => closes[row]),
    volume: column(() => 1),
  };
  const funding = { times: Float64Array.from(rates, (_, k) => (k + 1) * 4 * step), ratesE8: Float64Array.from(rates) };
  const datasetSymbols = [
    {
      symbol: 'BTCUSDT',
      interval: '1h',
      rows: closes.length,
      first: 0,
      last: closes.length * step - 1,
      gaps: 0,
      fundingRows: rates.length,
      source: 'made',
      digest: 'd',
    },
  ];
  return {
    tapes: [tape],
    funding: [funding],
    filters: [FILTERS],
    marks: [null],
    fine: [null],
    delisted: [Infinity],
    universe: null,
    filterTable: null,
    bracketTable: null,
    withoutBrackets: [],
    datasetSymbols,
    digest: 'd',
    synthetic: true,
    warnings: [],
  };
}

/** Does as the list says, candle by candle: a target, or a bracket with both ends near. */
function scripted(steps: readonly number[]): ReturnType<typeof defineStrategy> {
  return defineStrategy({
    id: 'scripted',
    features: () => ({ mean: ema('close', 1) }),
    state: () => ({ row: 0 }),
    decide({ desk, candle, state }) {
      const step = steps[state.row % steps.length];
      state.row += 1;
      if (Math.abs(step) <= 1) desk.target(step);
      else if (desk.isFlat)
        desk.bracket({ share: step / 4, stop: candle.close() - 10 * Math.sign(step), target: candle.close() + 15 * Math.sign(step) });
    },
  });
}

const sats = (text: string): bigint => BigInt(text.replace('.', ''));

describe('TradeBook beside the ledger', () => {
  it('adds up to what the account gained, fees and funding alike, over random markets and strategies', async () => {
    const closes = fc.array(fc.integer({ min: 800, max: 1200 }), { minLength: 20, maxLength: 120 });
    const steps = fc.array(fc.constantFrom(-1, -0.5, -0.1, 0, 0.3, 0.6, 1, 2, -2), { minLength: 1, maxLength: 12 });
    const rates = fc.array(fc.integer({ min: -300_000, max: 300_000 }), { maxLength: 10 });
    const slippage = fc.constantFrom(0, 3);
    await fc.assert(
      fc.asyncProperty(closes, steps, rates, slippage, async (prices, script, funding, slippageBps) => {
        const request = {
          ...DEFAULT_REQUEST,
          strategy: scripted(script),
          strategyHash: null,
          params: {},
          symbols: ['BTCUSDT'],
          interval: '1h',
          slippageBps,
        };
        const { result } = await runBacktest(request, market(prices, funding), { bounds: 'never' });
        const sum = (pick: (trade: TradeRow) => string): bigint => result.trades.reduce((total, trade) => total + sats(pick(trade)), 0n);
        const { account } = result;
        expect(sum(({ pnl }) => pnl)).toBe(sats(account.endEquity) - sats(account.startEquity));
        expect(sum(({ fees }) => fees)).toBe(sats(account.fees));
        expect(sum(({ funding: paid }) => paid)).toBe(sats(account.funding));
        expect(sats(account.realizedPnl) + sats(account.unrealizedPnl) - sats(account.fees) + sats(account.funding)).toBe(
          sats(account.endEquity) - sats(account.startEquity),
        );
      }),
      { numRuns: 150, seed: 20_250_101 },
    );
  });
});
