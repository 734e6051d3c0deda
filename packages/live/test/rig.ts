import { createInstrument, type Fact, type InstrumentId, type OrderId, type RateE8, type SubmitOrder } from '@orrery/core';
import { createHmac } from 'node:crypto';
import { startEmulator, type Emulator, type EmulatorOptions } from '@orrery/emulator';
import { afterEach } from 'vitest';
import { createBinance, type Binance, type BinanceOptions, type ClosedCandle, type ExecutionGateway } from '../src/index.ts';
import type { GatewayOptions, KnownAccount, VenueProblem } from '../src/index.ts';
import { makeMarket, NEW_YEAR, type Candle, type MadeSymbol } from './market.ts';

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

export const KEY = 'k'.repeat(64);
export const SECRET = 's'.repeat(64);
export const TAG = 'test';

/** A quiet market around 100. */
export const CALM: readonly Candle[] = Array.from({ length: 8 }, () => [100, 101, 99, 100] as const);

/** A venue on loopback that the test's end closes. */
export async function startVenue(symbols: readonly MadeSymbol[], options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
  const emulator = await startEmulator({
    market: makeMarket(symbols),
    interval: '5m',
    apiKey: KEY,
    secret: SECRET,
    startEquity: '10000',
    makerFeeBps: 2,
    takerFeeBps: 5,
    slippageBps: 0,
    fills: 'pessimistic',
    pace: { kind: 'follow', patienceMs: 5000 },
    ...options,
  });
  open.push(emulator);
  return emulator;
}

/** A connection to it with short pauses. */
export async function connect(
  venue: Pick<Emulator, 'url' | 'streamUrl'>,
  symbols: readonly string[],
  options: Partial<BinanceOptions> = {},
): Promise<Binance> {
  const binance = await createBinance({
    symbols,
    interval: '5m',
    urls: { rest: venue.url, stream: venue.streamUrl },
    keys: { apiKey: KEY, secret: SECRET },
    backoff: { firstMs: 5, longestMs: 50 },
    env: { TRADING_ENABLED: 'true' },
    ...options,
  });
  open.push(binance);
  return binance;
}

/** A run that has just begun. */
export const NOBODY: KnownAccount = {
  orders: [],
  positions: [],
  funding: [],
  liquidations: [],
  leverage: [],
  heard: NEW_YEAR as KnownAccount['heard'],
  since: NEW_YEAR as KnownAccount['since'],
};
const FEES = { maker: 20_000 as RateE8, taker: 50_000 as RateE8 };

/** A session in miniature: it follows the venue's market frame by frame and writes down what it hears. */
export class Rig {
  readonly venue: Emulator;
  readonly binance: Binance;
  readonly gateway: ExecutionGateway;
  readonly facts: Fact[] = [];
  readonly problems: VenueProblem[] = [];
  readonly candles: ClosedCandle[] = [];
  /** The user stream's, and the market feed's. */
  readonly states: string[] = [];
  readonly feedStates: string[] = [];
  readonly marketTimes: number[] = [];
  #frame = 0;
  #waiting: (() => void)[] = [];

  private constructor(venue: Emulator, binance: Binance, make: (rig: Rig) => ExecutionGateway) {
    this.venue = venue;
    this.binance = binance;
    this.gateway = make(this);
  }

  static async over(venue: Emulator, options: RigOptions = {}): Promise<Rig> {
    const symbols = options.symbols ?? ['BTCUSDT'];
    const binance = await connect(venue, symbols, options.binance);
    const filters = await binance.feed.filters(symbols);
    const instruments = filters.map((one, id) => createInstrument(id as InstrumentId, one, FEES));
    const rig = new Rig(venue, binance, (self) =>
      binance.gateway({
        instruments,
        sessionTag: TAG,
        leverage: 5,
        marginType: 'crossed',
        onFact: (fact) => self.#hear(self.facts, fact),
        onProblem: (problem) => self.#hear(self.problems, problem),
        onConnection: (state) => self.#hear(self.states, state),
        onHandled: (event) => void self.report(event),
        ...options.gateway,
      }),
    );
    await binance.feed.start({
      onCandle: (candle) => rig.#hear(rig.candles, candle),
      onConnection: (state) => {
        rig.#hear(rig.feedStates, state);
        if (state === 'up' && rig.feedStates.length > 1) void rig.#askMissed(symbols[0]!);
      },
      onMarketTime: (time) => rig.#hear(rig.marketTimes, time),
    });
    await rig.gateway.start({ ...NOBODY, ...options.known });
    return rig;
  }

  /** One symbol, one session. */
  static async start(
    candles: readonly Candle[] = CALM,
    options: RigOptions & { readonly venue?: Partial<EmulatorOptions> } = {},
  ): Promise<Rig> {
    return Rig.over(await startVenue([{ symbol: 'BTCUSDT', candles }], options.venue), options);
  }

  /** Reports that all up to the last candle is decided and all events up to `event` are handled. */
  async report(event: number = this.gateway.lastEventTime): Promise<void> {
    const body = JSON.stringify({ frame: this.#frame, event });
    await fetch(`${this.venue.url}/emulator/v1/idle`, { method: 'POST', body }).catch(() => {});
  }
  /** Reports that the last candle is decided: the market moves on. */
  async decided(): Promise<void> {
    this.#frame = this.candles.at(-1)?.closeTime ?? 0;
    await this.report();
  }
  /** Lets the next candle pass. */
  async next(): Promise<ClosedCandle> {
    const seen = this.candles.length;
    await this.gateway.idle();
    await this.decided();
    await this.until(() => this.candles.length > seen);
    await this.gateway.idle();
    return this.candles.at(-1)!;
  }
  /** Waits until it is so; looked at after each thing that is heard. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
  /** Candles that closed while the feed was down. */
  async #askMissed(symbol: string): Promise<void> {
    const last = this.candles.at(-1)?.openTime ?? 0;
    for (const candle of await this.binance.feed.candles(symbol, last + 1, 10).catch(() => [])) this.#hear(this.candles, candle);
  }
  #hear<T>(list: T[], thing: T): void {
    list.push(thing);
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
  /** Facts in short: type, order, and what tells them apart. */
  get story(): readonly string[] {
    return this.facts.map(tell);
  }
  async faults(plan: EmulatorOptions['faults']): Promise<void> {
    await fetch(`${this.venue.url}/emulator/v1/faults`, { method: 'POST', body: JSON.stringify(plan) });
  }
  /** How often a request was made. */
  asked(endpoint: string): number {
    return this.venue.state().requests.byPath[endpoint] ?? 0;
  }
}

export interface RigOptions {
  readonly symbols?: readonly string[];
  readonly known?: Partial<KnownAccount>;
  readonly binance?: Partial<BinanceOptions>;
  readonly gateway?: Partial<GatewayOptions>;
}

/** A fact in one line. */
export function tell(fact: Fact): string {
  switch (fact.type) {
    case 'OrderFilled':
      return `${fact.orderId} filled ${fact.fill}: ${fact.qty} at ${fact.price} fee ${fact.fee}${fact.isMaker ? ' maker' : ''}${fact.isDone ? ' done' : ''}`;
    case 'OrderAccepted':
      return `${fact.orderId} accepted`;
    case 'OrderRejected':
    case 'OrderCanceled':
    case 'OrderExpired':
      return `${fact.orderId} ${fact.type.slice('Order'.length).toLowerCase()} ${fact.reason}`;
    case 'OrderAmended':
      return `${fact.orderId} amended to ${fact.qty} at ${fact.price}`;
    case 'AmendRejected':
      return `${fact.orderId} not amended: ${fact.reason}`;
    case 'LeverageChanged':
      return `leverage ${fact.leverage}`;
    case 'LeverageRejected':
      return `not leverage ${fact.leverage}: ${fact.reason}`;
    case 'PositionLiquidated':
      return `${fact.cause}: ${fact.positionSide} ${fact.qty} at ${fact.price} mark ${fact.mark} fee ${fact.fee} absorbed ${fact.absorbed}`;
    case 'FundingCharged':
      return `funding ${fact.amount} at ${fact.mark} rate ${fact.rate} time ${fact.time}`;
    default:
      return fact.type;
  }
}

/** A request by somebody else with the same keys. */
export async function askSigned(venue: Emulator, method: string, path: string, params: Readonly<Record<string, string>>): Promise<unknown> {
  const query = new URLSearchParams({ ...params, timestamp: String(Date.now()), recvWindow: '60000' }).toString();
  const signature = createHmac('sha256', SECRET).update(query).digest('hex');
  const response = await fetch(`${venue.url}${path}?${query}&signature=${signature}`, { method, headers: { 'X-MBX-APIKEY': KEY } });
  return await response.json();
}

/** A market order; fields as given. */
export function order(orderId: number, fields: Partial<Record<keyof SubmitOrder, unknown>> = {}): SubmitOrder {
  return {
    type: 'SubmitOrder',
    ts: NEW_YEAR,
    instrument: 0,
    orderId,
    side: 'buy',
    orderType: 'market',
    qty: 1000,
    price: null,
    trigger: null,
    timeInForce: 'gtc',
    reduceOnly: false,
    parent: null,
    terms: null,
    ...fields,
  } as unknown as SubmitOrder;
}

/** The request that takes an order back. */
export function cancelOf(orderId: number): Parameters<ExecutionGateway['send']>[0] {
  return { type: 'CancelOrder', ts: NEW_YEAR, instrument: 0, orderId: orderId as OrderId } as Parameters<ExecutionGateway['send']>[0];
}
