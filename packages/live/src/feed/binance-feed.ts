import { INTERVAL_MS, type Interval, type SymbolFilters } from '@orrery/core';
import { InputError } from '@orrery/data';
import type { Backoff } from '../exchange/backoff.ts';
import type { BinanceRest } from '../exchange/binance-rest.ts';
import { ENDPOINTS } from '../exchange/endpoints.ts';
import type { CcxtClient, CcxtExchange } from '../exchange/load-ccxt.ts';
import { parseMarketEvent } from '../exchange/market-events.ts';
import { exchangeInfoSchema, fundingRatesSchema, klinesSchema } from '../exchange/rest-schemas.ts';
import { VenueError } from '../exchange/venue-error.ts';
import { VenueStream } from '../exchange/venue-stream.ts';
import { symbolFilters } from './symbol-filters.ts';
import type { ClosedCandle, FeedHandlers, MarketFeed, SettledFunding } from './market-feed.ts';

/** Most candles in one answer. */
const CANDLES_A_CALL = 1500;
const FUNDINGS_A_CALL = 1000;
const HOUR = 3_600_000;
/** Funding stamps lie within this of the full hour, ms. */
const FUNDING_JITTER = 60_000;

/** What the feed works with. */
export interface FeedParts {
  readonly exchange: CcxtExchange;
  readonly rest: BinanceRest;
  readonly symbols: readonly string[];
  readonly interval: Interval;
  readonly streamUrl: string;
  readonly backoff: Backoff;
  readonly silenceMs: number;
}

/** Market data of Binance USDⓈ-M: candles of all symbols and one mark price, which ticks when nothing is traded, over one connection. */
export class BinanceFeed implements MarketFeed {
  readonly #parts: FeedParts;
  #stream: VenueStream | null = null;
  /** Newest event time seen. */
  #marketTime = 0;
  /** Open time of the last candle that the stream called closed, by symbol. */
  readonly #closed = new Map<string, number>();

  constructor(parts: FeedParts) {
    this.#parts = parts;
  }

  /** Whether a message came over the feed's connection; then it is taken in. */
  takes(client: CcxtClient, message: unknown): boolean {
    if (this.#stream?.owns(client) !== true) return false;
    this.#stream.receive(message);
    return true;
  }

  async start(handlers: FeedHandlers): Promise<void> {
    const { exchange, symbols, interval, streamUrl, backoff, silenceMs } = this.#parts;
    const names = symbols.map((symbol) => symbol.toLowerCase());
    const stream = new VenueStream({
      exchange,
      backoff,
      silenceMs,
      address: () => Promise.resolve(`${streamUrl}/market/ws/0`),
      subscribe: [...names.map((name) => `${name}@kline_${interval}`), ...names.slice(0, 1).map((name) => `${name}@markPrice@1s`)],
      onMessage: (message) => this.#receive(message, handlers),
      onState: handlers.onConnection,
      // A subscription that was accepted once is not refused later; `start` says a first refusal.
      onRefused: () => handlers.onConnection('down'),
    });
    this.#stream = stream;
    await stream.start();
  }

  async candles(symbol: string, fromOpenTime: number, limit: number): Promise<readonly ClosedCandle[]> {
    const { rest, interval } = this.#parts;
    const found: ClosedCandle[] = [];
    let startTime = fromOpenTime;
    while (found.length < limit) {
      // One more than wanted: what is followed by another is closed.
      const asked = Math.min(limit - found.length + 1, CANDLES_A_CALL);
      const rows = (await rest.read(ENDPOINTS.klines, { symbol, interval, startTime, limit: asked }, klinesSchema)).map((row) =>
        candleOf(symbol, row),
      );
      const closed = rows.filter((candle, r) => r + 1 < rows.length || this.#isClosed(candle));
      found.push(...closed.filter(({ openTime }) => openTime >= startTime).slice(0, limit - found.length));
      const last = closed.at(-1);
      if (rows.length < asked || last === undefined) break;
      startTime = last.openTime + INTERVAL_MS[interval];
    }
    return found;
  }

  async fundingRates(symbol: string, after: number, until: number): Promise<readonly SettledFunding[]> {
    const found = new Map<number, SettledFunding>();
    let startTime = after - FUNDING_JITTER;
    for (;;) {
      const params = { symbol, startTime, endTime: until + FUNDING_JITTER, limit: FUNDINGS_A_CALL };
      const rows = await this.#parts.rest.read(ENDPOINTS.fundingRate, params, fundingRatesSchema);
      for (const { fundingTime, fundingRate } of rows) {
        const time = Math.round(fundingTime / HOUR) * HOUR;
        if (time > after && time <= until) found.set(time, { time, rate: fundingRate });
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < FUNDINGS_A_CALL || last.fundingTime < startTime) break;
      startTime = last.fundingTime + 1;
    }
    return [...found.values()].sort((a, b) => a.time - b.time);
  }

  async filters(symbols: readonly string[]): Promise<readonly SymbolFilters[]> {
    const { symbols: listed } = await this.#parts.rest.read(ENDPOINTS.exchangeInfo, {}, exchangeInfoSchema);
    return symbols.map((symbol) => {
      const found = listed.find((one) => one.symbol === symbol);
      if (found === undefined) throw new InputError(`symbol "${symbol}" is not listed by the venue; check the name`);
      if (found.status !== 'TRADING') throw new InputError(`symbol "${symbol}" is ${found.status}, not TRADING; choose another`);
      return symbolFilters(found);
    });
  }

  async stop(): Promise<void> {
    await this.#stream?.stop();
  }

  #receive(message: unknown, { onCandle, onMarketTime }: FeedHandlers): void {
    const event = parseMarketEvent(message);
    switch (event.kind) {
      case 'subscribed':
        this.#stream?.confirm();
        return;
      case 'refused':
        this.#stream?.refuse(new VenueError('refused', `market stream: ${event.message}`));
        return;
      case 'candle': {
        const { symbol, openTime } = event.candle;
        this.#closed.set(symbol, Math.max(openTime, this.#closed.get(symbol) ?? openTime));
        onCandle(event.candle);
        break;
      }
      case 'time':
        break;
      default:
        throw new RangeError(`unknown event ${String(event satisfies never)}`);
    }
    if (event.eventTime <= this.#marketTime) return;
    this.#marketTime = event.eventTime;
    onMarketTime(event.eventTime);
  }

  #isClosed({ symbol, openTime, closeTime }: ClosedCandle): boolean {
    return closeTime < this.#marketTime || openTime <= (this.#closed.get(symbol) ?? -1);
  }
}

function candleOf(symbol: string, row: readonly unknown[]): ClosedCandle {
  const [openTime, open, high, low, close, volume, closeTime] = row;
  const text = String;
  return {
    symbol,
    openTime: Number(openTime),
    closeTime: Number(closeTime),
    open: text(open),
    high: text(high),
    low: text(low),
    close: text(close),
    volume: text(volume),
  };
}
