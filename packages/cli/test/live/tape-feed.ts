import type { Market } from '@orrery/data';
import type { ClosedCandle, FeedHandlers, MarketFeed, SettledFunding } from '@orrery/live';

const INTERVAL = 300_000;

/** A venue's market data out of a loaded market: a frame at a time, when it is asked for the next. */
export class TapeFeed implements MarketFeed {
  readonly #market: Market;
  readonly #symbols: readonly string[];
  #handlers: FeedHandlers | null = null;
  /** Close times of frames that may be seen. */
  #shown = 0;
  readonly #closes: readonly number[];

  constructor(market: Market, symbols: readonly string[], frames: number) {
    this.#market = market;
    this.#symbols = symbols;
    this.#closes = [...market.tapes[0]!.closeTs.subarray(0, frames)];
  }
  get isAtEnd(): boolean {
    return this.#shown === this.#closes.length;
  }
  async start(handlers: FeedHandlers): Promise<void> {
    this.#handlers = handlers;
  }
  /** Closes the next candle of every symbol; those named are lost on the way. */
  next(lost: readonly string[] = []): void {
    const close = this.#closes[this.#shown]!;
    this.#shown += 1;
    this.#handlers?.onMarketTime(close);
    for (const symbol of this.#symbols) {
      const candle = this.#candle(symbol, this.#shown - 1);
      if (!lost.includes(symbol)) this.#handlers?.onCandle(candle);
    }
  }
  async candles(symbol: string, from: number, limit: number): Promise<readonly ClosedCandle[]> {
    const all = this.#closes.slice(0, this.#shown).map((_, row) => this.#candle(symbol, row));
    return all.filter(({ openTime }) => openTime >= from).slice(0, limit);
  }
  async fundingRates(symbol: string, after: number, until: number): Promise<readonly SettledFunding[]> {
    const { times, ratesE8 } = this.#market.funding[this.#symbols.indexOf(symbol)]!;
    const rows = [...times].map((time, k) => ({ time, rate: (ratesE8[k]! / 1e8).toFixed(8) }));
    return rows.filter(({ time }) => time > after && time <= until);
  }
  async filters(): Promise<Market['filters']> {
    return this.#market.filters;
  }
  async stop(): Promise<void> {
    this.#handlers = null;
  }
  #candle(symbol: string, row: number): ClosedCandle {
    const tape = this.#market.tapes[this.#symbols.indexOf(symbol)]!;
    const [open, high, low, close, volume] = [tape.open, tape.high, tape.low, tape.close, tape.volume].map((column) => String(column[row]));
    const closeTime = tape.closeTs[row]!;
    return { symbol, openTime: closeTime - INTERVAL + 1, closeTime, open: open!, high: high!, low: low!, close: close!, volume: volume! };
  }
}
