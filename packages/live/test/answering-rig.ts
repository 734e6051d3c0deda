import { createInstrument, type Fact, type InstrumentId, type RateE8 } from '@orrery/core';
import type { ExecutionGateway, GatewayOptions, KnownAccount, VenueProblem } from '../src/index.ts';
import { AnsweringVenue, type Answer } from './answering-venue.ts';
import { NEW_YEAR } from './market.ts';
import { connect, NOBODY, TAG } from './rig.ts';

/** BTCUSDT's filters of 2026-09 (recorded exchangeInfo). */
const FILTERS = {
  symbol: 'BTCUSDT',
  tickSize: '0.10',
  stepSize: '0.001',
  minQty: '0.001',
  maxQty: '1000',
  marketMaxQty: '120',
  minNotional: '50',
};
const INSTRUMENT = createInstrument(0 as InstrumentId, FILTERS, { maker: 20_000 as RateE8, taker: 50_000 as RateE8 });
export const PLACE = 'POST /fapi/v1/order';

/** A gateway over a venue that answers what a test tells it to. */
export interface Setup {
  readonly venue: AnsweringVenue;
  readonly gateway: ExecutionGateway;
  readonly facts: Fact[];
  readonly problems: VenueProblem[];
  readonly handled: (event: number) => Promise<void>;
}
export async function setUp(
  prepare: (venue: AnsweringVenue) => void = () => {},
  options: Partial<GatewayOptions> = {},
  known: Partial<KnownAccount> = {},
): Promise<Setup> {
  const venue = await AnsweringVenue.start();
  prepare(venue);
  const binance = await connect(venue, ['BTCUSDT'], { recvWindow: 100, timeoutMs: 300 });
  const facts: Fact[] = [];
  const problems: VenueProblem[] = [];
  const waiting: { event: number; resolve: () => void }[] = [];
  const gateway = binance.gateway({
    instruments: [INSTRUMENT],
    sessionTag: TAG,
    leverage: 5,
    marginType: 'crossed',
    onFact: (fact) => facts.push(fact),
    onProblem: (problem) => problems.push(problem),
    onHandled: (event) => {
      for (const one of waiting) if (one.event <= event) one.resolve();
    },
    ...options,
  });
  const handled = (event: number) => new Promise<void>((resolve) => waiting.push({ event, resolve }));
  await gateway.start({ ...NOBODY, ...known });
  return { venue, gateway, facts, problems, handled };
}

/** The answer to POST order in its form of 2026: no avgPrice, no cumQuote (official example). */
export function answer(fields: Record<string, unknown> = {}): () => Answer {
  return () => ({
    body: {
      clientOrderId: 'otest-1',
      cumQty: '0',
      executedQty: '0',
      orderId: 22542179,
      origQty: '1.000',
      price: '0',
      reduceOnly: false,
      side: 'BUY',
      positionSide: 'BOTH',
      status: 'NEW',
      symbol: 'BTCUSDT',
      type: 'MARKET',
      updateTime: NEW_YEAR,
      ...fields,
    },
  });
}
/** A row of userTrades (official example, with these numbers). */
export const trade = (id: number, qty: string, price: string, commission = '0.01'): Record<string, unknown> => ({
  buyer: true,
  commission,
  commissionAsset: 'USDT',
  id,
  maker: false,
  orderId: 22542179,
  price,
  qty,
  side: 'BUY',
  positionSide: 'BOTH',
  symbol: 'BTCUSDT',
  time: NEW_YEAR + id,
});
/** An ORDER_TRADE_UPDATE (recorded shape). */
export const update = (fields: Record<string, unknown>, E = NEW_YEAR): Record<string, unknown> => ({
  e: 'ORDER_TRADE_UPDATE',
  E,
  T: E,
  o: {
    s: 'BTCUSDT',
    c: 'otest-1',
    ps: 'BOTH',
    S: 'BUY',
    o: 'MARKET',
    f: 'GTC',
    q: '1.000',
    p: '0',
    x: 'NEW',
    X: 'NEW',
    i: 22542179,
    l: '0',
    z: '0',
    L: '0',
    T: E,
    t: 0,
    m: false,
    R: false,
    ...fields,
  },
});
