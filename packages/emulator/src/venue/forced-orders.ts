import type { Fact, Lots, PositionLiquidated, Sats } from '@orrery/core';
import type { TellerParts } from './fact-teller.ts';
import type { OrderRecord, VenuePositionSide } from './order-records.ts';
import { orderUpdate } from './user-events.ts';

const SIDES: Readonly<Record<PositionLiquidated['positionSide'], VenuePositionSide>> = { both: 'BOTH', long: 'LONG', short: 'SHORT' };
/** How the venue names its own orders (BINANCE USDⓈ-M, ORDER_TRADE_UPDATE). */
const NAMES = { margin: 'autoclose-', adl: 'adl_autoclose', delisting: 'settlement_autoclose-' } as const;

/** The orders by which the venue itself closes positions. They are announced before the account's own orders are taken back. */
export class ForcedOrders {
  readonly #parts: Pick<TellerParts, 'board' | 'book' | 'announce'>;
  readonly #foreseen = new Map<PositionLiquidated, OrderRecord>();
  #count = 0;

  constructor(parts: Pick<TellerParts, 'board' | 'book' | 'announce'>) {
    this.#parts = parts;
  }

  /** Announces the closings among what is to be told. */
  foresee(facts: readonly Fact[]): void {
    for (const fact of facts) if (fact.type === 'PositionLiquidated' && !this.#foreseen.has(fact)) this.#announce(fact);
  }
  /** The order of a closing that was foreseen. */
  next(fact: PositionLiquidated): OrderRecord {
    const order = this.#foreseen.get(fact) ?? this.#announce(fact);
    this.#foreseen.delete(fact);
    return order;
  }

  #announce(fact: PositionLiquidated): OrderRecord {
    const { board, book, announce } = this.#parts;
    const { instrument, cause, ts, qty, price, positionSide } = fact;
    this.#count += 1;
    const order: OrderRecord = {
      kind: 'order',
      simId: book.nextSimId(),
      orderId: book.nextOrderId(),
      clientOrderId: `${NAMES[cause]}${this.#count}`,
      instrument,
      side: qty > 0 ? 'BUY' : 'SELL',
      positionSide: SIDES[positionSide],
      type: 'LIMIT',
      timeInForce: 'IOC',
      goodTillDate: 0,
      reduceOnly: true,
      forced: cause,
      time: ts,
      price,
      quantity: Math.abs(qty) as Lots,
      status: 'NEW',
      executed: 0 as Lots,
      executedValue: 0 as Sats,
      updateTime: ts,
    };
    book.addOrder(order);
    this.#foreseen.set(fact, order);
    announce(orderUpdate(board.instruments[instrument], order, 'NEW', ts));
    return order;
  }
}
