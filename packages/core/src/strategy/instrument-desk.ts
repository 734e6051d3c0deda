import { toTicks, type Instrument } from '../market/instrument.ts';
import type { Side, TimeInForce } from '../messages.ts';
import type { InstrumentId, Lots, OrderId, Ticks } from '../units.ts';
import type { Desk } from './desk.ts';
import { StrategyError } from './strategy-error.ts';

/** A protected entry: sizes are shares of the allotment, prices are in the quote asset and rounded to the tick. */
export interface Bracket {
  /** Above 0 buys, below 0 sells. */
  readonly share: number;
  /** Limit price of the entry; absent: at market. */
  readonly price?: number;
  readonly stop?: number;
  readonly target?: number;
}

/** The desk for the symbol at hand, in shares and prices instead of lots and ticks. */
export class InstrumentDesk {
  readonly #desk: Desk;
  readonly #id: InstrumentId;
  readonly #instrument: Instrument;

  constructor(desk: Desk, id: InstrumentId) {
    this.#desk = desk;
    this.#id = id;
    this.#instrument = desk.instrument(id);
  }
  /** Net position: above 0 long, below 0 short, in lots. */
  get position(): Lots {
    return this.#desk.position(this.#id);
  }
  get isFlat(): boolean {
    return this.position === 0;
  }
  get symbol(): string {
    return this.#instrument.symbol;
  }
  /**
   * Brings the position to `share` of the allotment (equity / number of symbols): 1 is all of it long, −0.5 half of it short, 0
   * flat. Asking again for the same share does nothing.
   * @throws StrategyError when `share` is no finite number
   */
  target(share: number): void {
    this.#desk.targetShare(this.#id, share);
  }
  /** Enters with a stop and, or, a take-profit; either one cancels the other. Null when it was denied. */
  bracket(bracket: Bracket): OrderId | null {
    const { share, price, stop, target } = bracket;
    const qty = this.#lots(share, price ?? this.#desk.lastPrice(this.#id));
    return this.#desk.bracket({
      instrument: this.#id,
      side: sideOf(share),
      qty,
      ...(price === undefined ? {} : { price: this.#ticks('price', price) }),
      ...(stop === undefined ? {} : { stop: this.#ticks('stop', stop) }),
      ...(target === undefined ? {} : { target: this.#ticks('target', target) }),
    });
  }
  /** A resting order for a share of the allotment at a price. Null when it was denied. */
  limit(share: number, price: number, timeInForce: TimeInForce = 'gtc'): OrderId | null {
    const qty = this.#lots(share, price);
    return this.#desk.order({
      instrument: this.#id,
      side: sideOf(share),
      orderType: 'limit',
      qty,
      price: this.#ticks('price', price),
      timeInForce,
    });
  }
  /** Cancels this symbol's working orders. */
  cancelAll(): void {
    this.#desk.cancelAll(this.#id);
  }
  /** Cancels this symbol's orders and goes flat at market. */
  close(): void {
    this.#desk.cancelAll(this.#id);
    this.#desk.targetShare(this.#id, 0);
  }

  #lots(share: number, price: number): Lots {
    if (!Number.isFinite(share) || !(price > 0)) throw new StrategyError(`an order for a share of ${share} at ${price}`);
    const unit = toTicks(this.#instrument, price) * this.#instrument.tickLotSats;
    return Math.floor((Math.abs(share) * this.#desk.equity()) / this.#desk.instruments / unit) as Lots;
  }
  #ticks(what: string, price: number): Ticks {
    if (!Number.isFinite(price)) throw new StrategyError(`${what} is ${price}`);
    return toTicks(this.#instrument, price);
  }
}

function sideOf(share: number): Side {
  return share > 0 ? 'buy' : 'sell';
}
