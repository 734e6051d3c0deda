import type { Side, TimeInForce } from '../messages.ts';
import type { OrderRequest } from '../order/request.ts';
import type { InstrumentId, Lots, OrderId } from '../units.ts';
import type { Desk } from './desk.ts';
import type { Bracket, ProtectedBy, StopLimit, TrailingStop } from './order-forms.ts';
import { OrderSizes, sideOf } from './order-sizes.ts';
import { PositionLeg } from './position-leg.ts';

/** The desk for the symbol at hand, in shares and prices instead of lots and ticks. */
export class InstrumentDesk {
  /** The two positions of hedge mode. */
  readonly long: PositionLeg;
  readonly short: PositionLeg;
  readonly #desk: Desk;
  readonly #id: InstrumentId;
  readonly #sizes: OrderSizes;

  constructor(desk: Desk, id: InstrumentId) {
    this.#desk = desk;
    this.#id = id;
    this.#sizes = new OrderSizes(desk, id);
    this.long = new PositionLeg(desk, id, this.#sizes, 'long');
    this.short = new PositionLeg(desk, id, this.#sizes, 'short');
  }
  /** Net position: above 0 long, below 0 short, in lots. */
  get position(): Lots {
    return this.#desk.position(this.#id);
  }
  get isFlat(): boolean {
    return this.position === 0;
  }
  get symbol(): string {
    return this.#desk.instrument(this.#id).symbol;
  }
  /**
   * Brings the position to `share` of the allotment (equity / number of symbols): 1 is all of it long, −0.5 half of it short, 0
   * flat. Asking again for the same share does nothing. Of one-way mode.
   * @throws StrategyError when `share` is no finite number
   */
  target(share: number): void {
    this.#desk.targetShare(this.#id, share);
  }
  /** Enters with a stop and, or, a take-profit; either one cancels the other. Null when it was denied. */
  bracket(bracket: Bracket): OrderId | null {
    const { share, price } = bracket;
    const shape = { instrument: this.#id, side: sideOf(share), qty: this.#sizes.lots(share, price) };
    return this.#desk.bracket({ ...shape, ...this.#sizes.bracket(bracket) });
  }
  /** A resting order for a share of the allotment at a price. Null when it was denied. */
  limit(share: number, price: number, timeInForce: TimeInForce = 'gtc'): OrderId | null {
    const [qty, ticks] = [this.#sizes.lots(share, price), this.#sizes.ticks('price', price)];
    return this.#order({ side: sideOf(share), orderType: 'limit', qty, price: ticks, timeInForce });
  }
  /** A limit order that is placed when its trigger is met: above the price to buy, below it to sell. Null when it was denied. */
  stopLimit({ share, trigger, price, ...terms }: StopLimit): OrderId | null {
    const prices = { trigger: this.#sizes.ticks('trigger', trigger), price: this.#sizes.ticks('price', price) };
    return this.#order({ side: sideOf(share), orderType: 'stop', qty: this.#sizes.lots(share, price), ...prices, terms });
  }
  /** Closes what is held now when the price comes back by the callback. Null when nothing is held, or it was denied. */
  trailingStop(trailing: TrailingStop): OrderId | null {
    const held = this.position;
    if (held === 0) return null;
    const shape = { side: this.#closing(held), qty: Math.abs(held) as Lots, reduceOnly: true };
    return this.#order({ ...shape, ...this.#sizes.trailing(trailing) });
  }
  /**
   * A stop and, or, a take-profit for the whole position that is held now, whatever its size is when they go off. The ids of those that
   * were not denied; none while nothing is held.
   */
  protect(by: ProtectedBy): readonly OrderId[] {
    const held = this.position;
    if (held === 0) return [];
    const ids = this.#sizes.protection(by).map((exit) => this.#order({ side: this.#closing(held), ...exit }));
    return ids.filter((orderId) => orderId !== null);
  }
  /**
   * Changes an open limit order to a share of the allotment, what has been filled included, at a price; it loses its place in the
   * queue. False when it is gone or was denied.
   */
  amend(orderId: OrderId, share: number, price: number): boolean {
    return this.#desk.amend(this.#id, orderId, { qty: this.#sizes.lots(share, price), price: this.#sizes.ticks('price', price) });
  }
  /**
   * Asks the venue for another leverage of this symbol; answered by `LeverageChanged` or `LeverageRejected`.
   * @throws StrategyError when it is no whole number from 1
   */
  setLeverage(leverage: number): void {
    this.#desk.setLeverage(this.#id, leverage);
  }
  /** Asks for one of this symbol's working orders back. */
  cancel(orderId: OrderId): void {
    this.#desk.cancel(this.#id, orderId);
  }
  /** Cancels this symbol's working orders. */
  cancelAll(): void {
    this.#desk.cancelAll(this.#id);
  }
  /** Cancels this symbol's orders and goes flat at market. Of one-way mode. */
  close(): void {
    this.#desk.cancelAll(this.#id);
    this.#desk.targetShare(this.#id, 0);
  }

  #closing(held: number): Side {
    return held > 0 ? 'sell' : 'buy';
  }
  #order(order: Omit<OrderRequest, 'instrument'>): OrderId | null {
    return this.#desk.order({ ...order, instrument: this.#id });
  }
}
