import { isConditional } from './order-kind.ts';
import { sideOfTerms, slotOf } from '../ledger/slots.ts';
import type { OrderType, PositionSide, SubmitOrder } from '../messages.ts';
import type { InstrumentId, Lots, OrderId } from '../units.ts';

/** An order that is not at its end: sent, working, or asleep behind its parent. */
export interface OpenOrder {
  readonly orderId: OrderId;
  readonly orderType: OrderType;
  readonly positionSide: PositionSide;
  /** Signed: negative sells. */
  qty: Lots;
  readonly parent: OrderId | null;
  readonly reduceOnly: boolean;
  isAccepted: boolean;
  filled: number;
  /** All fills up to this ordinal are booked: a report with one at or below it is a repetition. */
  fills: number;
  /** Ordinals booked beyond it, of reports that overtook an earlier one. */
  early: readonly number[];
  /** Ordinal of the last fill; Infinity until it is known. */
  lastFill: number;
}

/**
 * The core's own view of its orders: sent → accepted → (partly filled)* → gone. Only orders that can still change are kept,
 * a few per instrument, so a linear search beats a map and allocates nothing.
 */
export class OpenOrders {
  readonly #byInstrument: OpenOrder[][];
  /** Signed lots of market orders under way, by slot of the ledger: what `target` must count as already done. */
  readonly inFlight: Float64Array;
  /** Conditional orders of all instruments. */
  conditional = 0;
  readonly #instruments: number;

  /** @param slots of the ledger: as many as there are instruments, in hedge mode twice as many */
  constructor(instruments: number, slots: number = instruments) {
    this.#byInstrument = Array.from({ length: instruments }, () => []);
    this.#instruments = instruments;
    this.inFlight = new Float64Array(slots);
  }
  of(instrument: InstrumentId): readonly OpenOrder[] {
    return this.#byInstrument[instrument];
  }
  add(command: SubmitOrder): void {
    const qty = (command.side === 'buy' ? command.qty : -command.qty) as Lots;
    if (isImmediate(command.orderType, command.parent)) this.inFlight[this.#slotOf(command.instrument, sideOfTerms(command.terms))] += qty;
    if (isConditional(command.orderType)) this.conditional += 1;
    this.#byInstrument[command.instrument].push({
      orderId: command.orderId,
      orderType: command.orderType,
      positionSide: sideOfTerms(command.terms),
      qty,
      parent: command.parent,
      reduceOnly: command.reduceOnly,
      isAccepted: false,
      filled: 0,
      fills: 0,
      early: NONE,
      lastFill: Infinity,
    });
  }
  find(instrument: InstrumentId, orderId: OrderId): OpenOrder | undefined {
    const orders = this.#byInstrument[instrument];
    for (let k = orders.length - 1; k >= 0; k--) if (orders[k].orderId === orderId) return orders[k];
    return undefined;
  }
  /**
   * Books a fill. False when the order is gone or the report is a repetition (ORD-5). A report that overtook an earlier one
   * is booked, and the order stays until that one is there too (ORD-6).
   */
  fill(instrument: InstrumentId, orderId: OrderId, ordinal: number, qty: Lots, isDone: boolean): boolean {
    const order = this.find(instrument, orderId);
    if (order === undefined || ordinal <= order.fills || order.early.includes(ordinal)) return false;
    if (ordinal === order.fills + 1) order.fills = ordinal;
    else order.early = [...order.early, ordinal];
    while (order.early.includes(order.fills + 1)) order.fills += 1;
    if (isDone) order.lastFill = ordinal;
    order.filled += qty;
    if (isImmediate(order.orderType, order.parent)) this.inFlight[this.#slotOf(instrument, order.positionSide)] -= qty;
    if (order.fills >= order.lastFill) this.remove(instrument, orderId);
    return true;
  }
  #slotOf(instrument: InstrumentId, side: PositionSide): number {
    return slotOf(instrument, side, this.#instruments);
  }
  /** Takes over a changed quantity. False when the order is gone. */
  amend(instrument: InstrumentId, orderId: OrderId, qty: Lots): boolean {
    const order = this.find(instrument, orderId);
    if (order === undefined) return false;
    order.qty = (order.qty < 0 ? -qty : qty) as Lots;
    return true;
  }
  /** Forgets an order that has ended. False when it was gone before. */
  remove(instrument: InstrumentId, orderId: OrderId): boolean {
    const orders = this.#byInstrument[instrument];
    for (let k = orders.length - 1; k >= 0; k--) {
      const order = orders[k];
      if (order.orderId !== orderId) continue;
      if (isImmediate(order.orderType, order.parent))
        this.inFlight[this.#slotOf(instrument, order.positionSide)] -= order.qty - order.filled;
      if (isConditional(order.orderType)) this.conditional -= 1;
      if (k === orders.length - 1) orders.pop();
      else orders.splice(k, 1);
      return true;
    }
    return false;
  }
}

const NONE: readonly number[] = [];

function isImmediate(orderType: OrderType, parent: OrderId | null): boolean {
  return orderType === 'market' && parent === null;
}
