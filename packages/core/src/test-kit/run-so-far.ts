import type { Instrument } from '../market/instrument.ts';
import type { JournalEntry, SubmitOrder } from '../messages.ts';
import { SATS_PER_UNIT, type EpochMs } from '../units.ts';
import type { Market } from './market.ts';
import type { Session } from './session.ts';

/** One symbol of a run. */
export interface SymbolSoFar {
  readonly symbol: string;
  readonly instrument: Instrument;
  /** Net position: above 0 long, below 0 short. */
  readonly lots: number;
  /** Last close; NaN before the first. */
  readonly price: number;
  /** Signed value of the position at the last close, USDT; 0 when flat. */
  readonly value: number;
  /** Orders sent and not at their end. */
  readonly openOrders: number;
}
export interface OrderSoFar {
  readonly symbol: string;
  /** Frame at which it was sent, from 1. */
  readonly frame: number;
  readonly order: SubmitOrder;
}

/** A run after one of its frames, or after its end. */
export interface RunSoFar {
  /** Frames decided: times at which at least one symbol had a candle. */
  readonly frame: number;
  /** Close time of the last one. */
  readonly ts: EpochMs;
  /** USDT, positions at their last closes. */
  readonly equity: number;
  /** Value of all positions without sign, over equity; 0 when flat. */
  readonly leverage: number;
  /** Every symbol of the run. */
  readonly symbols: readonly SymbolSoFar[];
  /** Those with a position. */
  readonly positions: readonly SymbolSoFar[];
  /** Every order sent so far, the oldest first. */
  readonly orders: readonly OrderSoFar[];
  /** The whole journal so far. */
  readonly entries: readonly JournalEntry[];
  /** What was thrown, or null. */
  readonly error: Error | null;
}

/** Reads a session frame by frame. */
export class RunReader implements RunSoFar {
  frame = 0;
  readonly orders: OrderSoFar[] = [];
  readonly #market: Market;
  readonly #session: Session;
  #read = 0;

  constructor(market: Market, session: Session) {
    this.#market = market;
    this.#session = session;
  }
  /** Takes note of what has been said since the last call; `isFrame` when a frame has been decided. */
  catchUp(isFrame: boolean): void {
    if (isFrame) this.frame += 1;
    const { entries } = this.#session;
    for (; this.#read < entries.length; this.#read++) {
      const { message } = entries[this.#read];
      if (message.type !== 'SubmitOrder') continue;
      this.orders.push({ symbol: this.#market.symbols[message.instrument].instrument.symbol, frame: this.frame, order: message });
    }
  }
  get ts(): EpochMs {
    return this.#session.engine.desk.now;
  }
  get equity(): number {
    return this.#session.engine.desk.equity() / SATS_PER_UNIT;
  }
  get leverage(): number {
    const gross = this.symbols.reduce((sum, { value }) => sum + Math.abs(value), 0);
    return gross === 0 ? 0 : gross / this.equity;
  }
  get symbols(): readonly SymbolSoFar[] {
    const { ledger, orders, desk } = this.#session.engine;
    return this.#market.symbols.map(({ instrument }) => {
      const lots = ledger.qty[instrument.id];
      const price = desk.lastPrice(instrument.id);
      const value = lots === 0 ? 0 : (lots * instrument.step.units * price) / instrument.qtyScale;
      return { symbol: instrument.symbol, instrument, lots, price, value, openOrders: orders.of(instrument.id).length };
    });
  }
  get positions(): readonly SymbolSoFar[] {
    return this.symbols.filter(({ lots }) => lots !== 0);
  }
  get entries(): readonly JournalEntry[] {
    return this.#session.entries;
  }
  get error(): Error | null {
    return this.#session.error;
  }
}
