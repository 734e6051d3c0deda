import {
  buildSchedule,
  createFeatureGraph,
  createInstrument,
  Engine,
  formatSats,
  PLAIN_VENUE,
  SimVenue,
  WALLET,
  type InstrumentId,
  type Lots,
  type RateE8,
  type Sats,
  type Strategy,
  type Ticks,
  toTicks,
} from '@orrery/core';
import type { Market } from '@orrery/data';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { start, type Client, type Message } from './client.ts';
import { closeOf, makeMarket, type Candle } from './market.ts';

/** At which candles a flat account enters, on which side, with exits how many ticks away. */
interface Entry {
  readonly row: number;
  readonly isLong: boolean;
  readonly stop: number;
  readonly target: number;
}

const BTC = 0 as InstrumentId;
/** One unit at a step of 0.001. */
const QTY = 1000 as Lots;
const SLIPPAGE_BPS = 3;

/** What the core's own engine and venue make of it. */
function backtest(
  market: Market,
  plan: readonly Entry[],
): { readonly wallet: string; readonly fills: readonly (readonly [price: number, qty: number])[] } {
  const fees = { maker: 20_000 as RateE8, taker: 50_000 as RateE8 };
  const instruments = market.filters.map((filters, id) => createInstrument(id as InstrumentId, filters, fees));
  const fills: (readonly [number, number])[] = [];
  const strategy: Strategy<null> = {
    id: 'planned',
    scope: 'instrument',
    features: [],
    models: [],
    initialState: () => null,
    decide(_, candle, desk) {
      const entry = plan.find(({ row }) => row === candle.row);
      if (entry === undefined || desk.position(BTC) !== 0) return;
      const close = toTicks(desk.instrument(BTC), candle.close());
      const sign = entry.isLong ? 1 : -1;
      const [stop, target] = [(close - sign * entry.stop) as Ticks, (close + sign * entry.target) as Ticks];
      desk.bracket({ instrument: BTC, side: entry.isLong ? 'buy' : 'sell', qty: QTY, stop, target });
    },
    onFact(_, fact) {
      if (fact.type === 'OrderFilled') fills.push([fact.price, fact.qty]);
    },
  };
  const schedule = buildSchedule(market.tapes);
  const engine = new Engine({
    strategy,
    instruments,
    tapes: market.tapes,
    schedule,
    features: market.tapes.map((tape) => createFeatureGraph(tape, [])),
    venue: new SimVenue(
      { instruments, tapes: market.tapes, funding: market.funding },
      { ...PLAIN_VENUE, slippage: (SLIPPAGE_BPS * 10_000) as RateE8 },
    ),
    recorder: { record: () => {} },
    startEquity: 1_000_000_000_000 as Sats,
    maxLeverage: 1000,
    blockRows: 4096,
    curveBucketMs: 3_600_000,
  });
  engine.advance(schedule.length);
  return { wallet: formatSats(engine.ledger.totals[WALLET] as Sats), fills };
}

/** A client that does the same over the sockets: exits follow the entry's fill, and one cancels the other. */
async function follow(client: Client, market: Market, plan: readonly Entry[]): Promise<void> {
  const user = await client.user();
  const candles = await client.listen('/market/ws/btcusdt@kline_5m');
  const [tape] = market.tapes;
  let [exits, side, frame, heard]: [Entry | null, string, number, number] = [null, '', 0, 0];
  let base = 0;
  /** Handles what the user stream brought, until nothing of the frame is left to come. */
  const settle = async (): Promise<void> => {
    for (;;) {
      const { framesShown, lastEventTime } = client.emulator.state();
      for (; heard < user.heard.length; heard++) await handle(user.heard[heard]);
      await client.idle(frame, user.heard.at(-1)?.E ?? 0);
      if (framesShown === tape.length || client.emulator.state().framesShown > framesShown) return;
      if ((user.heard.at(-1)?.E ?? 0) < lastEventTime) await user.until((m) => m.E >= lastEventTime);
      if (client.emulator.state().waiting === 'frame' && client.emulator.state().frame > frame) return;
    }
  };
  const handle = async ({ e, o }: Message): Promise<void> => {
    if (e === 'ORDER_TRADE_UPDATE' && o?.['x'] === 'TRADE' && o['c'] === 'entry' && exits !== null) {
      const sign = side === 'BUY' ? 1 : -1;
      const exit = { side: sign > 0 ? 'SELL' : 'BUY', quantity: '1', reduceOnly: true };
      const price = (ticks: number): string => ((base + ticks) / 10).toFixed(1);
      await client.stop({ ...exit, type: 'STOP_MARKET', triggerPrice: price(-sign * exits.stop) });
      await client.stop({ ...exit, type: 'TAKE_PROFIT_MARKET', triggerPrice: price(sign * exits.target) });
    } else if (e === 'ALGO_UPDATE' && o?.['X'] === 'FINISHED') {
      await client.signed('DELETE', '/fapi/v1/algoOpenOrders', { symbol: 'BTCUSDT' });
      exits = null;
    }
  };
  await client.idle();
  for (let row = 0; row < tape.length; row++) {
    while (!candles.heard.some((m) => m.k?.x && m.k.T === closeOf(row))) await settle();
    const entry = plan.find((planned) => planned.row === row);
    frame = closeOf(row);
    if (entry === undefined || exits !== null) continue;
    [exits, side, base] = [entry, entry.isLong ? 'BUY' : 'SELL', Math.round((tape.close[row] ?? NaN) * 10)];
    await client.order({ side, type: 'MARKET', quantity: '1', newClientOrderId: 'entry' });
  }
  await client.idle(frame, client.emulator.state().lastEventTime);
  await client.emulator.finished;
}

/** Candles that open where the last one closed, 0 to 12 ticks to either side: many of them hold both exits. */
const candlesArbitrary = fc
  .array(fc.record({ up: fc.nat(12), down: fc.nat(12), body: fc.nat(24) }), { minLength: 3, maxLength: 12 })
  .map((shapes) => {
    let last = 1000;
    return shapes.map(({ up, down, body }): Candle => {
      const [open, high, low] = [last, last + up, last - down];
      last = low + (body % (high - low + 1));
      return [open / 10, high / 10, low / 10, last / 10];
    });
  });
const planArbitrary = fc.array(
  fc.record({ row: fc.nat(10), isLong: fc.boolean(), stop: fc.integer({ min: 1, max: 15 }), target: fc.integer({ min: 1, max: 15 }) }),
  { minLength: 1, maxLength: 5 },
);

describe('a client that follows', () => {
  it('gets the fills and the wallet of the backtest, brackets within a candle included', async () => {
    await fc.assert(
      fc.asyncProperty(candlesArbitrary, planArbitrary, async (candles, plan) => {
        const market = makeMarket([{ symbol: 'BTCUSDT', candles }]);
        const expected = backtest(market, plan);
        const client = await start({ market, slippageBps: SLIPPAGE_BPS, pace: { kind: 'follow', patienceMs: 600_000 } });
        await follow(client, market, plan);
        const { trades, ledger } = client.emulator.state();
        const fills = trades.map(({ price, qty, side }) => [
          Math.round(Number(price) * 10),
          Math.round(Number(qty) * 1000) * (side === 'BUY' ? 1 : -1),
        ]);
        await client.emulator.close();
        expect({ fills, wallet: ledger.wallet }).toEqual(expected);
      }),
      { numRuns: Number(process.env['ORRERY_FC_RUNS'] ?? 12) },
    );
  });
});
