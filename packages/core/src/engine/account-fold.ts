import { applyFill, applyFunding, applyLiquidation, type Ledger } from '../ledger/ledger.ts';
import { slotOf } from '../ledger/slots.ts';
import { toPrice, type Instrument } from '../market/instrument.ts';
import type { Fact } from '../messages.ts';
import type { OpenOrders } from '../order/open-orders.ts';
import type { InstrumentId, OrderId, Ticks } from '../units.ts';
import { InvariantError } from './invariant.ts';
import { markTo, type Marks } from './marks.ts';

/** What facts are folded into. */
export interface FoldParts {
  readonly instruments: readonly Instrument[];
  readonly ledger: Ledger;
  readonly orders: OpenOrders;
  readonly marks: Marks;
  /** The venue's leverage by instrument, where it was changed. */
  readonly leverage: Float64Array;
  readonly hedgeMode: boolean;
}

/** Folds what the outside world says into the run's own account and orders. It never refuses: what says nothing new changes nothing. */
export class AccountFold {
  /** Positions, or parts of some, that the venue has closed by itself. */
  liquidations = 0;
  readonly #parts: FoldParts;
  /** Funding times booked, by instrument. */
  readonly #funded: readonly Set<number>[];

  constructor(parts: FoldParts) {
    this.#parts = parts;
    this.#funded = parts.instruments.map(() => new Set());
  }

  /** Folds a fact into the state. False when it changes nothing: a repetition, or about an order that is gone (ORD-5). */
  evolve(fact: Fact): boolean {
    switch (fact.type) {
      case 'OrderFilled': {
        const { instrument: id, price, reference, qty, fee } = fact;
        const slot = !this.#parts.hedgeMode ? id : this.#slotOfOrder(id, fact.orderId);
        if (!this.#parts.orders.fill(id, fact.orderId, fact.fill, qty, fact.isDone)) return false;
        applyFill(this.#parts.ledger, this.#parts.instruments[id], qty, price, reference, fee, slot);
        this.#revalue(id, slot, price);
        return true;
      }
      case 'PositionLiquidated': {
        const { instrument: id, positionSide, price } = fact;
        const slot = slotOf(id, positionSide, this.#parts.instruments.length);
        applyLiquidation(this.#parts.ledger, this.#parts.instruments[id], fact, slot);
        this.#revalue(id, slot, price);
        this.liquidations += 1;
        return true;
      }
      case 'OrderAmended':
        return this.#parts.orders.amend(fact.instrument, fact.orderId, fact.qty);
      case 'LeverageChanged':
        this.#parts.leverage[fact.instrument] = fact.leverage;
        return true;
      case 'OrderAccepted': {
        const order = this.#parts.orders.find(fact.instrument, fact.orderId);
        if (order === undefined || order.isAccepted) return false;
        order.isAccepted = true;
        return true;
      }
      case 'OrderRejected':
      case 'OrderCanceled':
      case 'OrderExpired':
        return this.#parts.orders.remove(fact.instrument, fact.orderId);
      case 'FundingCharged':
        if (this.#funded[fact.instrument].has(fact.time)) return false;
        this.#funded[fact.instrument].add(fact.time);
        applyFunding(this.#parts.ledger, fact.instrument, fact.amount);
        return true;
      case 'AmendRejected':
      case 'LeverageRejected':
      case 'PredictionReady':
      case 'PredictionFailed':
      case 'TimerFired':
        return true;
      default:
        throw new InvariantError(`unknown fact ${String(fact satisfies never)}`);
    }
  }

  /** After a fill: at the last close, or at the fill's own price before there is one. */
  #revalue(id: InstrumentId, slot: number, price: Ticks): void {
    const last = this.#parts.marks.last[id];
    markTo(this.#parts.marks, this.#parts.ledger, slot, last === 0 ? toPrice(this.#parts.instruments[id], price) : last);
  }
  #slotOfOrder(id: InstrumentId, orderId: OrderId): number {
    const order = this.#parts.orders.find(id, orderId);
    return slotOf(id, order === undefined ? 'both' : order.positionSide, this.#parts.instruments.length);
  }
}
