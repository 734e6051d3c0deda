import type { Fact } from '../messages.ts';
import type { OrderId } from '../units.ts';

/** Ids, below 0, for orders that a strategy was promised before they had one. */
export class OrderAliases {
  readonly #realOf: Map<OrderId, OrderId> = new Map();
  readonly #aliasOf: Map<OrderId, OrderId> = new Map();
  #last = 0;

  next(): OrderId {
    this.#last -= 1;
    return this.#last as OrderId;
  }
  bind(alias: OrderId, real: OrderId): void {
    this.#realOf.set(alias, real);
    this.#aliasOf.set(real, alias);
  }
  /** The id that the venue knows; an id that has no other is given back. */
  real(id: OrderId): OrderId {
    return this.#realOf.get(id) ?? id;
  }
  /** The fact under the id that the strategy knows. Forgets an order with its last report. */
  translated(fact: Fact): Fact {
    if (!('orderId' in fact)) return fact;
    const alias = this.#aliasOf.get(fact.orderId);
    if (alias === undefined) return fact;
    const isLast = fact.type === 'OrderFilled' ? fact.isDone : fact.type !== 'OrderAccepted';
    if (isLast) {
      this.#aliasOf.delete(fact.orderId);
      this.#realOf.delete(alias);
    }
    return { ...fact, orderId: alias };
  }
}
