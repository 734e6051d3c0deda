import type { Side, TimeInForce } from '../messages.ts';
import type { OrderRequest } from '../order/request.ts';
import type { InstrumentId, Lots, OrderId } from '../units.ts';
import type { Desk } from './desk.ts';
import type { Bracket, ProtectedBy, StopLimit, TrailingStop } from './order-forms.ts';
import type { OrderSizes } from './order-sizes.ts';

/**
 * One of the two positions that hedge mode holds of a symbol: `desk.long` or `desk.short`. Sizes are shares of the allotment, above
 * 0 on either leg. In one-way mode its orders are denied (`bad_terms`), and asking for its position throws a StrategyError.
 */
export class PositionLeg {
  readonly #desk: Desk;
  readonly #id: InstrumentId;
  readonly #sizes: OrderSizes;
  readonly #positionSide: 'long' | 'short';
  readonly #opening: Side;
  readonly #closing: Side;

  constructor(desk: Desk, id: InstrumentId, sizes: OrderSizes, positionSide: 'long' | 'short') {
    this.#desk = desk;
    this.#id = id;
    this.#sizes = sizes;
    this.#positionSide = positionSide;
    this.#opening = positionSide === 'long' ? 'buy' : 'sell';
    this.#closing = positionSide === 'long' ? 'sell' : 'buy';
  }

  /** In lots; a short is below 0. */
  get position(): Lots {
    return this.#desk.positionOf(this.#id, this.#positionSide);
  }
  get isFlat(): boolean {
    return this.position === 0;
  }
  /** Adds a share at market. Null when it was denied. */
  open(share: number): OrderId | null {
    return this.#order({ side: this.#opening, orderType: 'market', qty: this.#sizes.lots(share) });
  }
  /** A resting order that adds a share at a price. Null when it was denied. */
  limit(share: number, price: number, timeInForce: TimeInForce = 'gtc'): OrderId | null {
    const [qty, ticks] = [this.#sizes.lots(share, price), this.#sizes.ticks('price', price)];
    return this.#order({ side: this.#opening, orderType: 'limit', qty, price: ticks, timeInForce });
  }
  /** Enters with a stop and, or, a take-profit; either one cancels the other. Null when it was denied. */
  bracket(bracket: Bracket): OrderId | null {
    const { share, price } = bracket;
    const qty = this.#sizes.lots(share, price);
    const shape = { instrument: this.#id, side: this.#opening, qty, positionSide: this.#positionSide };
    return this.#desk.bracket({ ...shape, ...this.#sizes.bracket(bracket) });
  }
  /** A limit order that adds a share when its trigger is met. Null when it was denied. */
  stopLimit({ share, trigger, price, ...terms }: StopLimit): OrderId | null {
    const prices = { trigger: this.#sizes.ticks('trigger', trigger), price: this.#sizes.ticks('price', price) };
    return this.#order({ side: this.#opening, orderType: 'stop', qty: this.#sizes.lots(share, price), ...prices, terms });
  }
  /** Closes what is held now when the price comes back by the callback. Null when nothing is held, or it was denied. */
  trailingStop(trailing: TrailingStop): OrderId | null {
    const qty = Math.abs(this.position) as Lots;
    return qty === 0 ? null : this.#order({ side: this.#closing, qty, ...this.#sizes.trailing(trailing) });
  }
  /** A stop and, or, a take-profit for the whole position, whatever its size is then. The ids of those that were not denied. */
  protect(by: ProtectedBy): readonly OrderId[] {
    const ids = this.#sizes.protection(by).map((exit) => this.#order({ side: this.#closing, ...exit }));
    return ids.filter((orderId) => orderId !== null);
  }
  /** Closes what is held now at market. Asked for again before that has happened it sends another order, of which nothing is left to do. */
  close(): OrderId | null {
    const qty = Math.abs(this.position) as Lots;
    return qty === 0 ? null : this.#order({ side: this.#closing, orderType: 'market', qty });
  }

  #order(order: Omit<OrderRequest, 'instrument'>): OrderId | null {
    return this.#desk.order({ ...order, instrument: this.#id, terms: { ...order.terms, positionSide: this.#positionSide } });
  }
}
